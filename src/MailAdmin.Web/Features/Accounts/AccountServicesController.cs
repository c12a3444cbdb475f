using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Accounts;

/// <summary>The services that an account may use.</summary>
[Route("/domains/{domain}/accounts/{username}/services"), RequirePermission(Permission.EditMail)]
public sealed class AccountServicesController(
    AccountRepository accounts, AccountStateService service, MailboxWait mailbox, CurrentAdmin current) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Edit(MailDomain domain, string username) =>
        await accounts.FindAsync(domain, username, HttpContext.RequestAborted) is { } account
            ? View("Services", new ServicesPage(domain, account, ServicesForm.Of(account))) : NotFound();

    [HttpPost("")]
    public async Task<IActionResult> Update(MailDomain domain, string username, ServicesForm form)
    {
        if (await accounts.FindAsync(domain, username, HttpContext.RequestAborted) is not { } account) return NotFound();
        var result = await service.ChangeServicesAsync(
            account.Id, form.Version, form.ToServices(), current.Actor, HttpContext.RequestAborted);
        if (!result.Succeeded)
        {
            this.AddProblems(
                result.Problems, () =>
                [Changed.Choice(AccountTexts.Services, account.Services, form.ToServices(), AccountText.ServicesOf)]);
            return View("Services", new ServicesPage(domain, account, form));
        }
        var done = AccountTexts.FormatServicesChanged(AccountText.AddressOf(account, domain));
        TempData.Notice(
            done, await mailbox.WaitAsync(domain.Id, account.Username, HttpContext.RequestAborted),
            AccountTexts.FormatSessionsEndLater(done));
        return Redirect(Routes.Of(domain.Name, account.Username).Show);
    }
}
