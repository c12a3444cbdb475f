using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Hosters;
using MailAdmin.Provisioning.Postfix;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Accounts;

/// <summary>The accounts of a domain (manual, chapters 1 and 3).</summary>
[Route("/domains/{domain}/accounts"), RequirePermission(Permission.SeeMail)]
public sealed class AccountsController(
    AccountRepository accounts, AccountService service, AccountQuotas quotas, MailboxWait mailbox, PasswordHandover handover,
    CurrentAdmin current) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Index(MailDomain domain, ListQuery query)
    {
        var page = await accounts.ListAsync(domain, query.For<AccountSort>(current.Admin.PageSize), HttpContext.RequestAborted);
        return View(new AccountsPage(domain, page, await quotas.ReadAsync(page.Rows, HttpContext.RequestAborted), query));
    }

    [HttpGet("new"), RequirePermission(Permission.EditMail)]
    public Task<IActionResult> New(MailDomain domain) =>
        FormAsync(domain, new AccountForm("", "", QuotaText.Plain(domain.DefaultQuota), null, null, false));

    [HttpPost("new"), RequirePermission(Permission.EditMail)]
    public async Task<IActionResult> Create(MailDomain domain, AccountForm form)
    {
        var chosen = ChosenPassword.Of(form.Generate, form.Password, form.Confirmation);
        var request = form.ToNewAccount(domain, chosen);
        var result = request.Succeeded ? await service.CreateAsync(
            request.Value, current.Actor, HttpContext.RequestAborted) : request.Problems.ToList();
        if (!result.Succeeded)
        {
            ModelState.AddProblems(result.Problems);
            return await FormAsync(domain, form);
        }
        var username = result.Value.Username;
        var isPending = await mailbox.WaitAsync(domain.Id, username, HttpContext.RequestAborted);
        var address = $"{request.Value!.LocalPart}@{domain.Name.Display}";
        TempData.Notice(AccountTexts.FormatCreated(address, username), isPending, AccountTexts.FormatCreatedPending(address, username));
        if (!chosen.Made) return Redirect(Routes.Of(domain.Name, username).Show);
        handover.Store(TempData, username, chosen.Password!);
        return Redirect(Routes.Of(domain.Name, username).ClientSettings);
    }

    [HttpGet("{username}")]
    public async Task<IActionResult> Show(
        MailDomain domain, string username, [FromServices] ClientHostsReader hosts, [FromServices] AccountFilters filters,
        [FromServices] MailDelivery delivery)
    {
        if (await accounts.FindAsync(domain, username, HttpContext.RequestAborted) is not { } account) return NotFound();
        var gone = HttpContext.RequestAborted;
        // Start all queries to the mail server before awaiting one, so that they run concurrently.
        var (usage, own, sharing) = (
            quotas.UsageAsync(account, gone), filters.FiltersAsync(account.Username, account.MailboxReady, gone),
            filters.SharingAsync(account, domain, gone));
        return View(
            new AccountOverview(
                domain, account, await usage, hosts.Of(domain).Hosts)
            {
                Filters = await own,
                Sharing = await sharing,
                Queue = delivery.Waiting
            });
    }

    private async Task<IActionResult> FormAsync(MailDomain domain, AccountForm form) =>
        View("New", new NewAccountPage(domain, await accounts.NextUsernameAsync(domain.Id, HttpContext.RequestAborted), form));
}
