using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Sending;
using MailAdmin.Provisioning.Postfix;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Provisioning;

/// <param name="Counts">The counts over all pages of the list.</param>
/// <param name="Stopped">Accounts that reached a sending limit, the latest first.</param>
/// <param name="LackingRoom">Accounts with waiting mail that is larger than their free space.</param>
public sealed record ProvisioningPage(
    Page<JobRow> Jobs, JobCounts Counts, PageQuery Query, IReadOnlyList<StoppedAccount> Stopped,
    IReadOnlyList<AccountReference> LackingRoom);

/// <summary>The jobs that the servers have not done yet, and why, in the domains that the reader sees.</summary>
[Route("/provisioning"), RequirePermission(Permission.SeeMail)]
public sealed class ProvisioningController(
    JobRepository jobs, JobService service, SendingRepository sending, MailDelivery delivery, CurrentAdmin current) : Controller
{
    private const int MostAccounts = 50;

    // Limits the parameters of one SQL statement.
    private const int MostAsked = 500;

    [HttpGet("")]
    public async Task<IActionResult> Index(PageQuery query, [FromServices] AccountRepository accounts)
    {
        var counts = await jobs.CountAsync(current.Actor, HttpContext.RequestAborted);
        var page = counts.Total == 0 ? new([], 0, query.SizeOr(current.Admin.PageSize), 0)
            : await jobs.ListAsync(
                current.Actor, query.From, query.SizeOr(current.Admin.PageSize), counts.Total, HttpContext.RequestAborted);
        var stopped = await sending.StoppedAsync(current.Actor, MostAccounts, HttpContext.RequestAborted);
        var lacking = await accounts.ReferencesAsync(
            current.Actor, [.. delivery.Waiting.LackingRoom.Take(MostAsked)], HttpContext.RequestAborted);
        return View(new ProvisioningPage(page, counts, query, stopped, [.. lacking.Take(MostAccounts)]));
    }

    /// <summary>Retries all jobs now.</summary>
    [HttpPost("retry"), RequirePermission(Permission.RunPanel)]
    public async Task<IActionResult> RetryAll()
    {
        var count = await service.RetryAllAsync(current.Actor, HttpContext.RequestAborted);
        TempData.Notice(count == 1 ? ProvisioningTexts.Retried_one : ProvisioningTexts.FormatRetried_other(count.Shown()));
        return RedirectToAction(nameof(Index));
    }

    /// <summary>Retries one job now.</summary>
    [HttpPost("{id:long}/retry"), RequirePermission(Permission.RunPanel)]
    public async Task<IActionResult> Retry(long id)
    {
        var result = await service.RetryAsync(id, current.Actor, HttpContext.RequestAborted);
        TempData.Notice(result.Succeeded ? ProvisioningTexts.Retried_one : ProvisioningTexts.DoneMeanwhile);
        return RedirectToAction(nameof(Index));
    }
}
