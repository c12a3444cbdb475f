using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace MailAdmin.Web.Features.Search;

/// <summary>
/// A page that was reached from search results has what was looked for in its address (<c>?found=dupont</c>): confirming it and cancelling it
/// both lead back to the results.
/// </summary>
public static class SearchReturn
{
    public const string Key = "found";

    // Longer than any name that can be looked for; it has to go into an address.
    private const int MaxSought = 300;

    /// <summary>What was looked for, or null.</summary>
    public static string? Of(HttpRequest request) => Of(request.Query[Key].ToString());

    /// <summary>The same from a form that carried it along.</summary>
    public static string? Of(string? sought) => sought is { Length: > 0 and <= MaxSought } ? sought : null;

    public static string ToResults(string sought) => "/search" + QueryString.Create("q", sought);

    public static string Link(string path, string sought) => path + QueryString.Create(Key, sought);
}

/// <summary>Where a form that was sent leads to.</summary>
internal sealed class SearchReturnFilter : IResultFilter
{
    public void OnResultExecuting(ResultExecutingContext context)
    {
        var request = context.HttpContext.Request;
        // That is: any redirect.
        if (HttpMethods.IsPost(request.Method) && context.Result is IKeepTempDataResult && SearchReturn.Of(request) is { } sought)
            context.Result = new LocalRedirectResult(SearchReturn.ToResults(sought));
    }

    public void OnResultExecuted(ResultExecutedContext context)
    {
    }
}

/// <summary>Where a form's "cancel" leads to.</summary>
[HtmlTargetElement("a", Attributes = "class")]
public sealed class CancelTagHelper : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        if (SearchReturn.Of(ViewContext.HttpContext.Request) is not { } sought) return;
        var text = (await output.GetChildContentAsync()).GetContent(NullHtmlEncoder.Default);
        if (text == SharedTexts.Cancel) output.Attributes.SetAttribute("href", SearchReturn.ToResults(sought));
    }
}
