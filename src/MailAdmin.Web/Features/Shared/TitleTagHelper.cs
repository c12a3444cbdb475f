using Microsoft.AspNetCore.Razor.TagHelpers;

namespace MailAdmin.Web.Features.Shared;

/// <summary>
/// A page's title: where it does not fit on one line, an address in it goes on before its @ and not within its domain's name.
/// </summary>
[HtmlTargetElement("h1")]
public sealed class TitleTagHelper : TagHelper
{
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        // Encoded already; no tag in a title has an @.
        var title = (await output.GetChildContentAsync()).GetContent();
        output.Content.SetHtmlContent(title.Replace("@", "<wbr>@", StringComparison.Ordinal));
    }
}
