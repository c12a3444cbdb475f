using MailAdmin.Core.Search;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Html;

namespace MailAdmin.Web.Features.Search;

/// <param name="Text">Null when nothing was typed.</param>
/// <param name="Kind">The only kind that is shown, or null.</param>
/// <param name="Results">Null when nothing was typed.</param>
/// <param name="Path">The address of these results.</param>
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

    /// <summary>The foot of a kind that is shown alone.</summary>
    public Pager PagerOf(SearchGroup group) => Pager.Of(group.Page, TotalOf(group), new SearchQuery(Text!.Typed, group.Kind));

    public static string TotalOf(SearchGroup group) =>
        group.IsAll ? SharedTexts.FormatFound(group.Page.Total.Shown()) : SearchTexts.FormatFoundAtLeast(group.Page.Total.Shown());

    public string LinkToAll(SearchKind kind) =>
        Routes.Search + QueryString.Create("q", Text!.Typed).Add("kind", kind.ToString().ToLowerInvariant());

    /// <summary>A page of a hit, from which the way leads back here.</summary>
    public string Link(string path) => ReturnPath.Link(path, Path);

    /// <summary>A text with what was looked for made visible in it.</summary>
    public IHtmlContent Mark(string shown)
    {
        var html = new HtmlContentBuilder();
        var at = shown.IndexOf(Text!.Typed, StringComparison.OrdinalIgnoreCase);
        if (at < 0) return html.Append(shown);
        var end = at + Text.Typed.Length;
        return html.Append(shown[..at]).AppendHtml("<mark>").Append(shown[at..end]).AppendHtml("</mark>").Append(shown[end..]);
    }
}

/// <summary>What the links from one part of a kind to the next keep.</summary>
internal sealed class SearchQuery(string sought, SearchKind kind) : PageQuery
{
    public override QueryString Kept => Pair("q", sought) + Pair("kind", kind.ToString().ToLowerInvariant()) + base.Kept;
}
