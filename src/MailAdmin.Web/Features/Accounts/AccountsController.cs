using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Accounts;

/// <summary>The accounts of a domain (manual, chapters 1 and 3).</summary>
[Route("/domains/{domain}/accounts"), Needs(Permission.SeeMail)]
public sealed class AccountsController(
    AccountRepository accounts, AccountService service, AccountQuotas quotas, MailboxWait mailbox, CurrentAdmin current) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Index(MailDomain domain, PageQuery query)
    {
        var page = await accounts.ListAsync(domain.Id, query.From, query.SizeOr(current.Admin.PageSize));
        return View(new AccountsPage(domain, page, await quotas.ReadAsync(page.Rows, HttpContext.RequestAborted), query));
    }

    [HttpGet("new"), Needs(Permission.EditMail)]
    public Task<IActionResult> New(MailDomain domain) => FormAsync(domain, new AccountForm("", "", QuotaText.Plain(domain.DefaultQuota), null, null));

    [HttpPost("new"), Needs(Permission.EditMail)]
    public async Task<IActionResult> Create(MailDomain domain, AccountForm form)
    {
        var request = form.ToNewAccount(domain);
        var result = request.Succeeded ? await service.CreateAsync(request.Value, current.Actor) : request.Problems.ToList();
        if (!result.Succeeded)
        {
            ModelState.AddProblems(result.Problems);
            return await FormAsync(domain, form);
        }
        var username = result.Value.Username;
        await mailbox.WaitAsync(domain.Id, username, HttpContext.RequestAborted);
        TempData.Notice(AccountTexts.FormatCreated($"{request.Value!.LocalPart}@{domain.Name.Display}", username));
        return RedirectToAction(nameof(Show), new { domain = domain.Name.Value, username = username.Value });
    }

    [HttpGet("{username}")]
    public async Task<IActionResult> Show(MailDomain domain, string username)
    {
        if (!Username.TryParse(username, out var name) || await accounts.FindAsync(domain.Id, name) is not { } account) return NotFound();
        var readings = await quotas.ReadAsync([account], HttpContext.RequestAborted);
        return View(new AccountPage(domain, account, readings?[name]));
    }

    private async Task<IActionResult> FormAsync(MailDomain domain, AccountForm form) =>
        View("New", new NewAccountPage(domain, await accounts.NextUsernameAsync(domain.Id), form));
}
