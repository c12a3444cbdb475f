using MailAdmin.Core.Admins;
using MailAdmin.Core.Drift;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Drift;

/// <summary>Deletes an orphaned mailbox, after showing what it contains.</summary>
[Route("/drift/{id:long}/delete"), RequirePermission(Permission.RunPanel)]
public sealed class DriftOrphansController(DriftRepository drift, DriftService service, CurrentAdmin current) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Delete(long id) =>
        await FindAsync(id) is { } finding ? View("Delete", new DriftOrphanPage(finding, null)) : NotFound();

    [HttpPost("")]
    public async Task<IActionResult> Destroy(long id, string? typedName)
    {
        if (await FindAsync(id) is not { } finding) return NotFound();
        var result = await service.RemoveOrphanAsync(id, typedName, current.Actor, HttpContext.RequestAborted);
        if (!result.Succeeded)
        {
            ModelState.AddProblems(result.Problems);
            return View("Delete", new DriftOrphanPage(finding, typedName));
        }
        TempData.Notice(DriftTexts.FormatRemoved(finding.Subject));
        return LocalRedirect(Routes.Drift);
    }

    private async Task<DriftFinding?> FindAsync(long id) =>
        await drift.FindAsync(id, HttpContext.RequestAborted) is { Kind: DriftKind.MailboxOrphaned } finding ? finding : null;
}
