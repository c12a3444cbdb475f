using MailAdmin.Core.Admins;
using MailAdmin.Core.SecondFactors;
using MailAdmin.Web.Features.SecondFactors;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Admins;

/// <summary>For an admin who has lost app, passkeys and codes: their password is enough until they set up new ones.</summary>
[Route("/admins/{id:long}/second-factor"), RequirePermission(Permission.RunPanel)]
public sealed class SecondFactorResetsController(AdminRepository admins, SecondFactorService service, OwnPassword own, CurrentAdmin current)
    : Controller
{
    [HttpGet("reset")]
    public async Task<IActionResult> Delete(long id)
    {
        if (id == current.Admin.Id) return LocalRedirect(Routes.SecondFactor);
        return await admins.FindAsync(id, HttpContext.RequestAborted) is { } admin ? View("ResetSecondFactor", admin) : NotFound();
    }

    [HttpPost("reset")]
    public async Task<IActionResult> Destroy(long id, string? present)
    {
        if (await admins.FindAsync(id, HttpContext.RequestAborted) is not { } admin) return NotFound();
        var confirmed = await own.ConfirmAsync(present, HttpContext.RequestAborted);
        var result = confirmed.Succeeded ? await service.ResetAsync(
            id, current.Actor, HttpContext.RequestAborted) : confirmed.Problems.ToList();
        if (!result.Succeeded)
        {
            ModelState.AddProblems(result.Problems);
            return View("ResetSecondFactor", admin);
        }
        TempData.Notice(AdminTexts.FormatSecondFactorWasReset(admin.Name));
        return RedirectToAction("Edit", "Admins", new { id });
    }
}
