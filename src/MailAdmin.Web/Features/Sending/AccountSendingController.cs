using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Sending;
using MailAdmin.Web.Features.Accounts;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Sending;

/// <summary>An account's sending limits, what it has sent, and how a reached limit is lifted.</summary>
[Route("/domains/{domain}/accounts/{username}/sending"), RequirePermission(Permission.SeeMail)]
public sealed class AccountSendingController(
    AccountRepository accounts, SendingRepository sending, SendingService service, CurrentAdmin current) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Edit(MailDomain domain, string username) =>
        await accounts.FindAsync(domain, username, HttpContext.RequestAborted) is { } account ? await ShowAsync(
            domain, account, null) : NotFound();

    [HttpPost(""), RequirePermission(Permission.EditMail)]
    public async Task<IActionResult> Update(MailDomain domain, string username, SendingForm form)
    {
        if (await accounts.FindAsync(domain, username, HttpContext.RequestAborted) is not { } account) return NotFound();
        var limits = form.ToLimits();
        var result = limits.Succeeded ? await service.ChangeAccountAsync(
            account.Id, form.Version, limits.Value, current.Actor, HttpContext.RequestAborted) : limits;
        if (!result.Succeeded)
        {
            ModelState.AddProblems(result.Problems);
            return await ShowAsync(domain, account, form);
        }
        TempData.Notice(SendingTexts.Saved);
        return Redirect(Routes.Of(domain.Name, account.Username).Sending);
    }

    /// <summary>Lifts a reached limit: the account may send again, whatever it has sent.</summary>
    [HttpPost("lift"), RequirePermission(Permission.EditDomains)]
    public async Task<IActionResult> Lift(MailDomain domain, string username)
    {
        if (await accounts.FindAsync(domain, username, HttpContext.RequestAborted) is not { } account) return NotFound();
        var result = await service.LiftAsync(account.Id, current.Actor, HttpContext.RequestAborted);
        if (!result.Succeeded) return NotFound();
        TempData.Notice(SendingTexts.FormatLifted(AccountText.AddressOf(account, domain)));
        return Redirect(Routes.Of(domain.Name, account.Username).Sending);
    }

    private async Task<ViewResult> ShowAsync(MailDomain domain, AccountRow account, SendingForm? form)
    {
        var own = await sending.OfAccountAsync(domain.Id, account.Id, HttpContext.RequestAborted);
        var fields = new LimitFields(own.Settings, form ?? SendingForm.Of(own.Settings), current.May(Permission.EditMail));
        return View("Account", new AccountSendingPage(domain, account, own, fields));
    }
}
