using MailAdmin.Core.Admins;
using MailAdmin.Core.Hosters;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Hosters;

/// <summary>The hoster of this installation, and the servers that mail programs connect to.</summary>
[Route("/hoster"), RequirePermission(Permission.RunPanel)]
public sealed class HostersController(HosterRepository hosters, HosterService service, CurrentAdmin current) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Edit()
    {
        // Read the settings again, since another process may have changed them a moment ago.
        await hosters.RefreshAsync(HttpContext.RequestAborted);
        return View(new HosterPage(hosters.Current, HosterForm.Of(hosters.Current)));
    }

    [HttpPost("")]
    public async Task<IActionResult> Update(HosterForm form)
    {
        var request = form.ToSettings();
        var result = request.Succeeded ? await service.ChangeAsync(
            form.Version, request.Value, current.Actor, HttpContext.RequestAborted) : request.Problems.ToList();
        if (!result.Succeeded)
        {
            await hosters.RefreshAsync(HttpContext.RequestAborted);
            var saved = HosterForm.Of(hosters.Current);
            return View(
                "Edit", new HosterPage(
                    hosters.Current, this.AddProblems(result.Problems, () => form.DifferencesTo(saved))
                    ? form with { Version = saved.Version } : form));
        }
        TempData.Notice(HosterTexts.Saved);
        return RedirectToAction(nameof(Edit));
    }
}
