using MailAdmin.Core.Admins;
using MailAdmin.Core.Search;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Search;

/// <summary>Searches everything that the admin may see.</summary>
[Route("/search"), RequirePermission(Permission.SeeMail)]
public sealed class SearchController(SearchRepository search, CurrentAdmin current) : Controller
{
    /// <param name="kind">Shows only this kind, with more results; an unknown kind is ignored.</param>
    /// <param name="query">The part of that kind to show.</param>
    [HttpGet("")]
    public async Task<IActionResult> Index(string? q, string? kind, PageQuery query)
    {
        SearchKind? only = Enum.GetValues<SearchKind>().Where(k => string.Equals(k.ToString(), kind, StringComparison.OrdinalIgnoreCase))
            .Select(k => (SearchKind?)k).FirstOrDefault();
        var text = SearchText.Of(q);
        var (first, size) = only is null ? (0, current.Admin.PageSize) : (query.From, query.SizeOr(current.Admin.PageSize));
        return View(
            new SearchPage(
                text, only, text is null
                ? null : await search.FindAsync(text, current.Admin.Domains, only, size, first, HttpContext.RequestAborted),
                    Request.Path + Request.QueryString));
    }
}
