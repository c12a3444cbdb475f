using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.PasswordLinks;
using MailAdmin.Web.Features.Accounts;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.PasswordLinks;

/// <param name="Ticket">The sealed password.</param>
public sealed record PasswordLinkForm(string? Ticket, int? Hours, string? Language);

/// <param name="Made">The new link with its key; shown once.</param>
public sealed record PasswordLinksPage(Page<PasswordLinkRow> Links, string? Made, PageQuery Query);

/// <summary>Links that show a password once: created from the client settings page, listed for the admin who created them.</summary>
[RequirePermission(Permission.ResetPassword)]
public sealed class PasswordLinksController(
    PasswordLinkMaker maker, PasswordLinkService service, PasswordLinkRepository links, AccountRepository accounts, CurrentAdmin current)
        : Controller
{
    private const string MadeKey = "password-link";

    [HttpGet("/links")]
    public async Task<IActionResult> Index(PageQuery query) =>
        View(new PasswordLinksPage(
            await links.ListAsync(current.Admin.Id, query.From, query.SizeOr(current.Admin.PageSize), HttpContext.RequestAborted),
                TempData[MadeKey] as string, query));

    [HttpPost("/domains/{domain}/accounts/{username}/password-link")]
    public async Task<IActionResult> Create(MailDomain domain, string username, PasswordLinkForm form)
    {
        if (await accounts.FindAsync(domain, username, HttpContext.RequestAborted) is not { } account) return NotFound();
        var result = await maker.MakeAsync(account, form);
        if (!result.Succeeded)
        {
            TempData.Notice(Problems.TextOf(result.Problems[0]), NoticeKind.Warning);
            return Redirect(Routes.Of(domain.Name, account.Username).Show);
        }
        TempData[MadeKey] = result.Value.ToString();
        return RedirectToAction(nameof(Index));
    }

    [HttpPost("/links/withdraw")]
    public async Task<IActionResult> Withdraw(string? id)
    {
        await service.WithdrawAsync(id, current.Actor);
        TempData.Notice(PasswordLinkTexts.Withdrawn);
        return RedirectToAction(nameof(Index));
    }
}
