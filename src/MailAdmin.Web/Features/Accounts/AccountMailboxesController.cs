using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Results;
using MailAdmin.Provisioning.Cyrus;
using MailAdmin.Provisioning.Servers;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Accounts;

/// <summary>The choices when the mail server has a mailbox of the account's name that is not the account's.</summary>
[Route("/domains/{domain}/accounts/{username}/mailbox"), RequirePermission(Permission.EditMail)]
public sealed class AccountMailboxesController(
    AccountRepository accounts, AccountMailboxService service, MailboxWait mailbox, IMailServer server, CurrentAdmin current) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Show(MailDomain domain, string username) =>
        await accounts.FindAsync(domain, username, HttpContext.RequestAborted) is { } account ? View(
            "Mailbox", await PageAsync(domain, account, null)) : NotFound();

    [HttpPost("username")]
    public async Task<IActionResult> Rename(MailDomain domain, string username, UsernameForm form)
    {
        if (await accounts.FindAsync(domain, username, HttpContext.RequestAborted) is not { } account) return NotFound();
        var result = await RenameAsync(domain, account, form);
        if (!result.Succeeded) return await AgainAsync(domain, account, result, form.Username);
        await mailbox.WaitAsync(domain.Id, result.Value.Username, HttpContext.RequestAborted);
        TempData.Notice(AccountTexts.FormatUsernameChanged(AccountText.AddressOf(account, domain), result.Value.Username));
        return Redirect(Routes.Of(domain.Name, result.Value.Username).Show);
    }

    [HttpPost("take-over"), RequirePermission(Permission.RunPanel)]
    public async Task<IActionResult> TakeOver(MailDomain domain, string username, TakeOverForm form)
    {
        if (await accounts.FindAsync(domain, username, HttpContext.RequestAborted) is not { } account) return NotFound();
        var result = await TakeOverAsync(account, form);
        if (!result.Succeeded) return await AgainAsync(domain, account, result, null);
        await mailbox.WaitAsync(domain.Id, account.Username, HttpContext.RequestAborted);
        TempData.Notice(AccountTexts.FormatTakenOver(AccountText.AddressOf(account, domain)));
        return Redirect(Routes.Of(domain.Name, account.Username).Show);
    }

    private async Task<Result<Account>> RenameAsync(MailDomain domain, AccountRow account, UsernameForm form)
    {
        Username? chosen = null;
        if (domain.NamingScheme != NamingScheme.Numbered && !Username.TryParse(form.Username, out chosen, out var problem))
            return problem.At(nameof(form.Username));
        return await service.RenameAsync(account.Id, form.Version, chosen, current.Actor, HttpContext.RequestAborted);
    }

    // If the mailbox, its rights or its script differ from those on the page, the page is shown again first.
    private async Task<Result<Account>> TakeOverAsync(AccountRow account, TakeOverForm form)
    {
        var (wasSeen, found) = await InspectAsync(account);
        if (!wasSeen) return AccountProblems.MailboxUnseen;
        if (found is null || found.Stamp != form.Stamp) return AccountProblems.MailboxDiffers;
        return await service.TakeOverAsync(
            account.Id, form.Version, found.Facts, form.ToTakeOver(), current.Actor, HttpContext.RequestAborted);
    }

    private async Task<IActionResult> AgainAsync(MailDomain domain, AccountRow account, Result result, string? username)
    {
        ModelState.AddProblems(result.Problems);
        return View("Mailbox", await PageAsync(domain, account, username));
    }

    private async Task<AccountMailboxPage> PageAsync(MailDomain domain, AccountRow account, string? username)
    {
        var (wasSeen, found) = await InspectAsync(account);
        return new(domain, account, found, !wasSeen, username);
    }

    private Task<(bool WasSeen, ForeignMailbox? Mailbox)> InspectAsync(AccountRow account) =>
        server.ForeignMailboxAsync(account.Mailbox, HttpContext.RequestAborted);
}
