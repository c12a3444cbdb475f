using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Hosters;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Accounts;

/// <summary>What a mail program needs (manual, 3.2), as a sheet to hand over.</summary>
[Route("/domains/{domain}/accounts/{username}/client-settings"), Needs(Permission.SeeMail)]
public sealed class ClientSettingsController(AccountRepository accounts, ClientHostsReader hosts, PasswordHandover handover) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Show(MailDomain domain, string username)
    {
        if (await accounts.FindAsync(domain, username) is not { } account) return NotFound();
        var (hoster, names) = hosts.Of(domain);
        return View("/Features/Accounts/ClientSettings.cshtml", new ClientSettingsPage(domain, account, hoster, names, handover.Take(TempData, account.Username)));
    }
}
