using Microsoft.AspNetCore.Razor.TagHelpers;

namespace MailAdmin.Web.Features.Shared;

/// <summary>A page's title: if an address in it does not fit on the line, the line breaks before its @ and not within its domain.</summary>
[HtmlTargetElement("h1")]
public sealed class TitleTagHelper : TagHelper
{
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        // The content is encoded already; no tag in a title contains an @.
        var title = (await output.GetChildContentAsync()).GetContent();
        output.Content.SetHtmlContent(title.Replace("@", "<wbr>@", StringComparison.Ordinal));
    }
}
