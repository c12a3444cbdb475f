using MailAdmin.Core.Admins;
using MailAdmin.Core.Search;
using MailAdmin.Web.Features.Sessions;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Search;

/// <summary>Looks in everything that the admin may see.</summary>
[Route("/search"), Needs(Permission.SeeMail)]
public sealed class SearchController(SearchRepository search, CurrentAdmin current) : Controller
{
    // Of one kind asked for alone.
    private const int MostOfAKind = 100;

    /// <param name="kind">Shows more of this kind alone; one that is unknown counts as not said.</param>
    [HttpGet("")]
    public async Task<IActionResult> Index(string? q, string? kind)
    {
        SearchKind? only = Enum.GetValues<SearchKind>().Where(k => string.Equals(k.ToString(), kind, StringComparison.OrdinalIgnoreCase)).Select(k => (SearchKind?)k).FirstOrDefault();
        var size = only is null ? current.Admin.PageSize : MostOfAKind;
        var text = SearchText.Of(q);
        return View(new SearchPage(text, only, text is null ? null : await search.FindAsync(text, current.Admin.Domains, only, size)));
    }
}
