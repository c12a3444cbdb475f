using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.MailboxCopies;
using MailAdmin.Core.Results;
using MailAdmin.Provisioning.MailboxCopies;
using MailAdmin.Web.Features.Accounts;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.MailboxCopies;

/// <summary>The copy of a mailbox on another server into an account: started, watched, paused, cancelled.</summary>
[Route("/domains/{domain}/accounts/{username}/copy"), RequirePermission(Permission.EditMail)]
public sealed class MailboxCopiesController(
    AccountRepository accounts, MailboxCopyRepository copies, MailboxCopyService service, MailboxCopyRules rules, SourceConnector connector,
    CurrentAdmin current) : Controller
{
    [HttpGet("")]
    public Task<IActionResult> Show(MailDomain domain, string username) =>
        WithAccountAsync(domain, username, account => PageAsync(domain, account, null));

    /// <summary>Tests the connection first, so that what is wrong is told beside its field and not minutes later.</summary>
    [HttpPost("")]
    public Task<IActionResult> Create(MailDomain domain, string username, MailboxCopyForm form) =>
        WithAccountAsync(domain, username, async account =>
        {
            var request = await TestedAsync(form);
            Result<MailboxCopy> result = request.Succeeded
                ? await service.StartAsync(account.Id, request.Value, form.FollowsDeletions, current.Actor, HttpContext.RequestAborted)
                : request.Problems.ToList();
            if (result.Succeeded) return Done(domain, account, MailboxCopyTexts.Started);
            ModelState.AddProblems(result.Problems);
            return await PageAsync(domain, account, form);
        });

    /// <summary>Tests the connection; nothing is started or saved.</summary>
    [HttpPost("test")]
    public Task<IActionResult> Test(MailDomain domain, string username, MailboxCopyForm form) =>
        WithAccountAsync(domain, username, async account =>
        {
            var request = await TestedAsync(form);
            ModelState.AddProblems(request.Problems);
            return await PageAsync(domain, account, form, request.Succeeded);
        });

    [HttpPost("pause")]
    public Task<IActionResult> Pause(MailDomain domain, string username) => ChangeAsync(
        domain, username, MailboxCopyTexts.PausedNotice, id => service.PauseAsync(id, current.Actor, HttpContext.RequestAborted));

    [HttpPost("resume")]
    public Task<IActionResult> Resume(MailDomain domain, string username) => ChangeAsync(
        domain, username, MailboxCopyTexts.ResumedNotice, id => service.ResumeAsync(id, current.Actor, HttpContext.RequestAborted));

    [HttpPost("cancel")]
    public Task<IActionResult> Cancel(MailDomain domain, string username) => ChangeAsync(
        domain, username, MailboxCopyTexts.CancelledNotice, id => service.CancelAsync(id, current.Actor, HttpContext.RequestAborted));

    private async Task<Result<SourceRequest>> TestedAsync(MailboxCopyForm form)
    {
        var request = form.ToRequest();
        if (!request.Succeeded) return request;
        var source = rules.Check(request.Value, current.Actor);
        if (!source.Succeeded) return source.Problems.ToList();
        return await connector.TestAsync(source.Value, HttpContext.RequestAborted) is { } wrong
            ? MailboxCopyProblems.Of(wrong.Failure, wrong.ResponseText) : request;
    }

    private Task<IActionResult> ChangeAsync(
        MailDomain domain, string username, string notice, Func<long, Task<Result<MailboxCopy>>> change) =>
        WithAccountAsync(domain, username, async account =>
        {
            var result = await change(account.Id);
            // It ended in the meantime: the page shows how.
            if (result.Succeeded) TempData.Notice(notice);
            else TempData.Notice(Problems.TextOf(result.Problems[0]), NoticeKind.Warning);
            return Redirect(Routes.Of(domain.Name, account.Username).Copy);
        });

    private RedirectResult Done(MailDomain domain, AccountRow account, string notice)
    {
        TempData.Notice(notice);
        return Redirect(Routes.Of(domain.Name, account.Username).Copy);
    }

    private async Task<IActionResult> WithAccountAsync(MailDomain domain, string username, Func<AccountRow, Task<IActionResult>> answer) =>
        await accounts.FindAsync(domain, username, HttpContext.RequestAborted) is { } account ? await answer(account) : NotFound();

    private async Task<IActionResult> PageAsync(MailDomain domain, AccountRow account, MailboxCopyForm? form, bool isTested = false)
    {
        var copy = await copies.FindAsync(account.Id, HttpContext.RequestAborted);
        var problems = copy is null ? [] : await copies.ProblemsAsync(copy.Id, MailboxCopyPage.MaxProblems, HttpContext.RequestAborted);
        form ??= MailboxCopyForm.Of(copy, AccountText.AddressOf(account, domain));
        return View("Show", new MailboxCopyPage(domain, account, copy, problems, form, isTested));
    }
}
