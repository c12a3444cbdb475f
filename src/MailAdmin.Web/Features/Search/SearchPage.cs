using MailAdmin.Core.Search;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Html;

namespace MailAdmin.Web.Features.Search;

/// <param name="Text">Null if nothing was typed.</param>
/// <param name="Kind">The only kind that is shown, or null.</param>
/// <param name="Results">Null if nothing was typed.</param>
/// <param name="Path">The URL of these results.</param>
public sealed record SearchPage(SearchText? Text, SearchKind? Kind, SearchResults? Results, string Path)
{
    public static string TitleOf(SearchKind kind) => kind switch
    {
        SearchKind.Domain => SharedTexts.Domains,
        SearchKind.Account => SharedTexts.Accounts,
        SearchKind.Alias => SharedTexts.Aliases,
        SearchKind.Redirect => SearchTexts.RedirectedThere,
        _ => SearchTexts.LeadingThere,
    };

    /// <summary>The pager of a kind that is shown alone.</summary>
    public Pager PagerOf(SearchGroup group) => Pager.Of(group.Page, TotalOf(group), new SearchQuery(Text!.Typed, group.Kind));

    public static string TotalOf(SearchGroup group) =>
        group.IsAll ? SharedTexts.FormatFound(group.Page.Total.Shown()) : SearchTexts.FormatFoundAtLeast(group.Page.Total.Shown());

    public string LinkToAll(SearchKind kind) =>
        Routes.Search + QueryString.Create("q", Text!.Typed).Add("kind", kind.ToString().ToLowerInvariant());

    /// <summary>A link to the page of a hit, with these results as its return path.</summary>
    public string Link(string path) => ReturnPath.Link(path, Path);

    /// <summary>A text with the search term highlighted.</summary>
    public IHtmlContent Mark(string shown)
    {
        var html = new HtmlContentBuilder();
        var at = shown.IndexOf(Text!.Typed, StringComparison.OrdinalIgnoreCase);
        if (at < 0) return html.Append(shown);
        var end = at + Text.Typed.Length;
        return html.Append(shown[..at]).AppendHtml("<mark>").Append(shown[at..end]).AppendHtml("</mark>").Append(shown[end..]);
    }
}

/// <summary>The query parameters that the links between the parts of a kind keep.</summary>
internal sealed class SearchQuery(string sought, SearchKind kind) : PageQuery
{
    public override QueryString Kept => Pair("q", sought) + Pair("kind", kind.ToString().ToLowerInvariant()) + base.Kept;
}
