using MailAdmin.Core.Admins;
using MailAdmin.Core.Drift;
using MailAdmin.Core.Previews;
using MailAdmin.Core.Results;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Drift;

/// <summary>Repairs one difference, or all of a kind, in the chosen direction.</summary>
[Route("/drift"), RequirePermission(Permission.RunPanel)]
public sealed class DriftRepairsController(DriftRepository drift, DriftService service, CurrentAdmin current) : Controller
{
    [HttpPost("{id:long}/repair")]
    public async Task<IActionResult> Create(long id, DriftRepair repair)
    {
        if (!ModelState.IsValid) return BadRequest();
        var result = await service.RepairAsync(id, repair, current.Actor, HttpContext.RequestAborted);
        Tell(result, 1);
        return this.RedirectBack(LocalRedirect(Routes.Drift));
    }

    /// <param name="run">The comparison whose findings were shown.</param>
    /// <param name="count">
    /// How many findings of the kind were shown. If the number has changed, or there is a newer comparison, nothing is repaired, and the
    /// page shows the current state.
    /// </param>
    [HttpPost("repairs")]
    public async Task<IActionResult> CreateAll(DriftRepair repair, DriftKind kind, long run, long count)
    {
        if (!ModelState.IsValid || !Enum.IsDefined(kind)) return BadRequest();
        if (await CountAsync(run, kind) != count) TempData.Notice(Problems.TextOf(PreviewProblems.Differs), NoticeKind.Warning);
        // In steps: whoever leaves the page wants all of them repaired all the same.
        else Tell(Result.Done, await service.RepairAllAsync(run, kind, repair, current.Actor, CancellationToken.None));
        return LocalRedirect(Routes.Drift);
    }

    private async Task<long?> CountAsync(long run, DriftKind kind)
    {
        if ((await drift.LatestAsync(HttpContext.RequestAborted))?.Id != run) return null;
        return (await drift.CountAsync(run, HttpContext.RequestAborted)).SingleOrDefault(c => c.Kind == kind)?.Count;
    }

    private void Tell(Result result, int count)
    {
        if (!result.Succeeded) TempData.Notice(Problems.TextOf(result.Problems[0]), NoticeKind.Warning);
        else TempData.Notice(count == 1 ? DriftTexts.Repaired_one : DriftTexts.FormatRepaired_other(count.Shown()));
    }
}
