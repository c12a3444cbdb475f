using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Results;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Accounts;

/// <summary>Suspends an account and takes it back.</summary>
[Route("/domains/{domain}/accounts/{username}/state"), Needs(Permission.EditMail)]
public sealed class AccountStatesController(AccountRepository accounts, AccountStateService service, CurrentAdmin current) : Controller
{
    private const string Page = "/Features/Accounts/Suspension.cshtml";

    [HttpGet("")]
    public async Task<IActionResult> Edit(MailDomain domain, string username) =>
        await accounts.FindAsync(domain, username) is { } account ? View(Page, PageOf(domain, account)) : NotFound();

    [HttpPost("")]
    public Task<IActionResult> Suspend(MailDomain domain, string username, SuspensionForm form) => ChangeAsync(
        domain, username, account => service.SuspendAsync(account.Id, form.Version, form.HoldsMail, current.Actor), AccountTexts.FormatSuspendedNotice);

    [HttpPost("resume")]
    public Task<IActionResult> Resume(MailDomain domain, string username, SuspensionForm form) => ChangeAsync(
        domain, username, account => service.ResumeAsync(account.Id, form.Version, current.Actor), AccountTexts.FormatResumedNotice);

    private async Task<IActionResult> ChangeAsync(
        MailDomain domain, string username, Func<AccountRow, Task<Result<Account>>> change, Func<object, string> notice)
    {
        if (await accounts.FindAsync(domain, username) is not { } account) return NotFound();
        var result = await change(account);
        if (!result.Succeeded)
        {
            ModelState.AddProblems(result.Problems);
            return View(Page, PageOf(domain, account));
        }
        TempData.Notice(notice(AccountText.AddressOf(account, domain)));
        return Redirect(AccountText.PathOf(domain, account.Username));
    }

    private static SuspensionPage PageOf(MailDomain domain, AccountRow account)
    {
        var holds = account.State != AccountState.Suspended || account.HoldsMail;
        return new(domain, account, new(holds ? SuspensionForm.Hold : SuspensionForm.Refuse, account.Version));
    }
}
