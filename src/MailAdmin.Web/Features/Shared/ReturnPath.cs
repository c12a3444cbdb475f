using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace MailAdmin.Web.Features.Shared;

/// <summary>
/// The page of the panel that the reader came from, to which a submitted or cancelled form returns. Links carry it as <c>?back=</c>, forms
/// as a hidden field, which <c>&lt;return-path /&gt;</c> writes. A controller returns with <see cref="RedirectBack"/>; a link that cancels
/// has the attribute <c>cancel</c>.
/// </summary>
public static class ReturnPath
{
    public const string Key = "back";

    // In characters. A search with the longest text has about 1,000 after percent-encoding.
    private const int MaxLength = 2000;

    /// <returns>Null if there is none, or if it leads out of the panel.</returns>
    public static string? Of(HttpRequest request)
    {
        var path = request.TryForm() is { } form && form.TryGetValue(Key, out var field) ? field.ToString() : request.Query[Key].ToString();
        return path.Length is > 0 and <= MaxLength && RedirectHttpResult.IsLocalUrl(path) ? path : null;
    }

    /// <summary>A link with <paramref name="back"/> as its return path.</summary>
    public static string Link(string path, string? back) => path + (back is null ? "" : QueryString.Create(Key, back));

    public static IActionResult RedirectBack(this Controller controller, IActionResult otherwise) =>
        Of(controller.Request) is { } path ? controller.LocalRedirect(path) : otherwise;
}

/// <summary>The hidden field with a form's return path.</summary>
public sealed class ReturnPathTagHelper : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        if (ReturnPath.Of(ViewContext.HttpContext.Request) is not { } path) return;
        output.TagName = "input";
        output.TagMode = TagMode.SelfClosing;
        output.Attributes.SetAttribute("type", "hidden");
        output.Attributes.SetAttribute("name", ReturnPath.Key);
        output.Attributes.SetAttribute("value", path);
    }
}

/// <summary>A link that leaves a form: to the return path, otherwise to its own href or action.</summary>
[HtmlTargetElement("a", Attributes = "cancel")]
public sealed class CancelTagHelper : TagHelper
{
    // Run after the framework's own helper, which writes the href of an action.
    public override int Order => 1000;

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.Attributes.RemoveAll("cancel");
        if (ReturnPath.Of(ViewContext.HttpContext.Request) is { } path) output.Attributes.SetAttribute("href", path);
    }
}
