using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Web.Features.Accounts;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Passwords;

public sealed record PasswordForm(string? Password, string? Confirmation, bool Generate, string? Reason);

/// <param name="Reason">As it was typed.</param>
public sealed record PasswordPage(MailDomain Domain, AccountRow Account, bool Generate, string? Reason)
{
    public string Address => AccountText.AddressOf(Account, Domain);
}

/// <summary>Sets a new password for an account.</summary>
[Route("/domains/{domain}/accounts/{username}/password"), RequirePermission(Permission.ResetPassword)]
public sealed class PasswordsController(
    AccountRepository accounts, AccountService service, PasswordHandover handover, AccountFilters filters, MailboxWait mailbox,
    CurrentAdmin current) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Edit(MailDomain domain, string username) =>
        await accounts.FindAsync(domain, username, HttpContext.RequestAborted) is { } account ? View(
            new PasswordPage(domain, account, false, "")) : NotFound();

    [HttpPost("")]
    public async Task<IActionResult> Update(MailDomain domain, string username, PasswordForm form)
    {
        if (await accounts.FindAsync(domain, username, HttpContext.RequestAborted) is not { } account) return NotFound();
        var chosen = ChosenPassword.Of(form.Generate, form.Password, form.Confirmation);
        var result = await service.ChangePasswordAsync(
            account.Id, chosen.Password, chosen.Confirmation, current.Actor, form.Reason, HttpContext.RequestAborted);
        if (!result.Succeeded)
        {
            ModelState.AddProblems(result.Problems);
            return View("Edit", new PasswordPage(domain, account, form.Generate, form.Reason));
        }
        await TellAsync(domain, account);
        if (!chosen.Made) return this.RedirectBack(Redirect(Routes.Of(domain.Name, account.Username).Show));
        handover.Store(TempData, account.Username, chosen.Password!);
        // Redirect to the page that shows the password once; the return path continues from there.
        return Redirect(ReturnPath.Link(Routes.Of(domain.Name, account.Username).ClientSettings, ReturnPath.Of(Request)));
    }

    // A redirect in the user's filters survives a password change, so the admin is told.
    private async Task TellAsync(MailDomain domain, AccountRow account)
    {
        var changed = PasswordTexts.FormatChanged(AccountText.AddressOf(account, domain));
        var isPending = await mailbox.WaitAsync(domain.Id, account.Username, HttpContext.RequestAborted);
        if (await filters.FiltersAsync(account.Username, account.MailboxReady, HttpContext.RequestAborted) is { SendsOutside: true } view)
            TempData.Notice($"{changed} {FilterTexts.FormatStillForwards(FilterText.OutsideOf(view))}", NoticeKind.Warning);
        else TempData.Notice(changed, isPending, AccountTexts.FormatSessionsEndLater(changed));
    }
}
