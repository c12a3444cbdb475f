using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Web.Features.Accounts;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Passwords;

public sealed record PasswordForm(string? Password, string? Confirmation, string? Reason);

/// <param name="Reason">As it was typed.</param>
public sealed record PasswordPage(MailDomain Domain, AccountRow Account, string? Reason)
{
    public string Address => AccountText.AddressOf(Account, Domain);
}

/// <summary>A new password for an account.</summary>
[Route("/domains/{domain}/accounts/{username}/password"), Needs(Permission.ResetPassword)]
public sealed class PasswordsController(AccountRepository accounts, AccountService service, CurrentAdmin current) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Edit(MailDomain domain, string username) =>
        await FindAsync(domain, username) is { } account ? View(new PasswordPage(domain, account, "")) : NotFound();

    [HttpPost("")]
    public async Task<IActionResult> Update(MailDomain domain, string username, PasswordForm form)
    {
        if (await FindAsync(domain, username) is not { } account) return NotFound();
        var result = await service.ChangePasswordAsync(account.Id, form.Password, form.Confirmation, current.Actor, form.Reason);
        if (!result.Succeeded)
        {
            ModelState.AddProblems(result.Problems);
            return View("Edit", new PasswordPage(domain, account, form.Reason));
        }
        TempData.Notice(PasswordTexts.FormatChanged(AccountText.AddressOf(account, domain)));
        return RedirectToAction("Show", "Accounts", new { domain = domain.Name.Value, username = account.Username.Value });
    }

    private async Task<AccountRow?> FindAsync(MailDomain domain, string username) =>
        Username.TryParse(username, out var name) ? await accounts.FindAsync(domain.Id, name) : null;
}
