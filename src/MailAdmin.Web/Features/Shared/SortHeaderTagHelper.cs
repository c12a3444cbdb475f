using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace MailAdmin.Web.Features.Shared;

/// <summary>
/// A column header that sorts the list: <c>&lt;th sort="DomainSort.Prefix" query="Model.Query"&gt;…&lt;/th&gt;</c>. The header of the
/// current order tells screen readers so.
/// </summary>
[HtmlTargetElement("th", Attributes = "sort,query")]
public sealed class SortHeaderTagHelper : TagHelper
{
    public Enum Sort { get; set; } = null!;

    public ListQuery Query { get; set; } = null!;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var link = new TagBuilder("a") { Attributes = { ["href"] = Query.LinkToSort(Sort), ["class"] = "sort" } };
        link.InnerHtml.AppendHtml(await output.GetChildContentAsync());
        output.Attributes.SetAttribute("scope", "col");
        if (Query.IsSortedBy(Sort)) output.Attributes.SetAttribute("aria-sort", Query.IsDescending ? "descending" : "ascending");
        output.Content.SetHtmlContent(link);
    }
}
