using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Hosters;
using MailAdmin.Web.Features.PasswordLinks;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Accounts;

/// <summary>The settings that a mail program needs (manual, 3.2), as a sheet to hand over.</summary>
[Route("/domains/{domain}/accounts/{username}/client-settings"), RequirePermission(Permission.SeeMail)]
public sealed class ClientSettingsController(
    AccountRepository accounts, ClientHostsReader hosts, PasswordHandover handover, ProtectedPassword tickets, CurrentAdmin current)
    : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Show(MailDomain domain, string username, [FromServices] AccountFilters filters)
    {
        if (await accounts.FindAsync(domain, username, HttpContext.RequestAborted) is not { } account) return NotFound();
        var (hoster, names) = hosts.Of(domain);
        var password = handover.Consume(TempData, account.Username);
        var ticket = password is not null && current.May(Permission.ResetPassword) ? tickets.Seal(account.Username, password) : null;
        // Right after a new password was generated: the owner's filters stay active all the same, so the page shows them.
        var own = password is null ? null : await filters.FiltersAsync(account.Username, account.MailboxReady, HttpContext.RequestAborted);
        return View("ClientSettings", new ClientSettingsPage(domain, account, hoster, names, password) { Ticket = ticket, Filters = own });
    }
}
