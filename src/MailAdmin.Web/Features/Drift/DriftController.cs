using MailAdmin.Core.Admins;
using MailAdmin.Core.Drift;
using MailAdmin.Provisioning.Servers;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Drift;

/// <summary>The differences between servers and database that the latest comparison found.</summary>
[Route("/drift"), RequirePermission(Permission.RunPanel)]
public sealed class DriftController(DriftRepository drift, IMailServer server, CurrentAdmin current) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Index(DriftQuery query)
    {
        if (await drift.LatestAsync(HttpContext.RequestAborted) is not { } run)
            return View(new DriftPage(null, [], null, query, server.IsThere));
        // The page refreshes itself while a comparison is running.
        if (run.Phase is not (DriftPhase.Finished or DriftPhase.Failed)) Response.Headers["Refresh"] = "3";
        var (findings, unrepaired) = await drift.ListAsync(
            run.Id, query.Only, query.From, query.SizeOr(current.Admin.PageSize), HttpContext.RequestAborted);
        return View(new DriftPage(run, unrepaired, findings, query, server.IsThere));
    }

    /// <summary>Requests a comparison; a node with servers starts it within seconds.</summary>
    [HttpPost("")]
    public async Task<IActionResult> Create()
    {
        await drift.RequestAsync(HttpContext.RequestAborted);
        return RedirectToAction(nameof(Index));
    }
}
