using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Previews;
using MailAdmin.Core.Results;
using MailAdmin.Web.Features.Previews;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Accounts;

/// <summary>Suspends and resumes an account.</summary>
[Route("/domains/{domain}/accounts/{username}/state"), RequirePermission(Permission.EditMail)]
public sealed class AccountStatesController(
    AccountRepository accounts, AccountStateService service, AccountFilters filters, MailboxWait mailbox, CurrentAdmin current) : Controller
{
    /// <summary>Shows what will change, before it changes.</summary>
    [HttpGet("")]
    public async Task<IActionResult> Edit(MailDomain domain, string username) =>
        await accounts.FindAsync(domain, username, HttpContext.RequestAborted) is { } account ? await AskAsync(
            domain, account, null) : NotFound();

    [HttpPost("")]
    public Task<IActionResult> Suspend(MailDomain domain, string username, SuspensionForm form) => ChangeAsync(
        domain, username, form, AccountTexts.FormatSuspendedNotice,
        account => service.PlanSuspension(account.Id, form.Version, form.HoldsMail, current.Actor)
            .ConfirmAsync(form.Stamp, HttpContext.RequestAborted));

    [HttpPost("resume")]
    public Task<IActionResult> Resume(MailDomain domain, string username, SuspensionForm form) => ChangeAsync(
        domain, username, form, AccountTexts.FormatResumedNotice, account =>
            service.ResumeAsync(account.Id, form.Version, current.Actor, HttpContext.RequestAborted));

    private async Task<IActionResult> ChangeAsync(
        MailDomain domain, string username, SuspensionForm form, Func<object, string> notice,
        Func<AccountRow, Task<Result<Account>>> change)
    {
        if (await accounts.FindAsync(domain, username, HttpContext.RequestAborted) is not { } account) return NotFound();
        var result = await change(account);
        if (!result.Succeeded)
        {
            // The page shows the account's current state, and so also what somebody else has saved.
            this.AddProblems(
                result.Problems, () =>
                [new(SharedTexts.State, account.State == AccountState.Suspended ? SharedTexts.Suspended : SharedTexts.Active)]);
            return await AskAsync(domain, account, form.Mail);
        }
        var done = notice(AccountText.AddressOf(account, domain));
        TempData.Notice(
            done, await mailbox.WaitAsync(domain.Id, account.Username, HttpContext.RequestAborted),
            AccountTexts.FormatSessionsEndLater(done));
        return Redirect(Routes.Of(domain.Name, account.Username).Show);
    }

    private async Task<ViewResult> AskAsync(MailDomain domain, AccountRow account, string? mail)
    {
        var holds = account.State != AccountState.Suspended || account.HoldsMail;
        var form = new SuspensionForm(mail ?? (holds ? SuspensionForm.Hold : SuspensionForm.Refuse), account.Version);
        var held = await EffectsAsync(account, holdsMail: true, nameof(form.HoldStamp), AccountTexts.MailHeld);
        var refused = await EffectsAsync(account, holdsMail: false, nameof(form.RefuseStamp), AccountTexts.MailRefused);
        var sharing = await filters.SharingAsync(account, domain, HttpContext.RequestAborted);
        return View("Suspension", new SuspensionPage(domain, account, form, held, refused) { Sharing = sharing });
    }

    private async Task<EffectsView?> EffectsAsync(AccountRow account, bool holdsMail, string field, string lead)
    {
        var shown = await service.PlanSuspension(account.Id, account.Version, holdsMail, current.Actor)
            .DryRunAsync(HttpContext.RequestAborted);
        return EffectsView.Of(shown.Effects, current.Admin.Domains) is { } effects ? effects with { Field = field, Lead = lead } : null;
    }
}
