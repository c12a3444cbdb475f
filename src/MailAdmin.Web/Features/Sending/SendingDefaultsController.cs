using MailAdmin.Core.Admins;
using MailAdmin.Core.Sending;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Sending;

/// <summary>The sending limits of all accounts without other limits.</summary>
[Route("/sending"), RequirePermission(Permission.RunPanel)]
public sealed class SendingDefaultsController(SendingRepository sending, SendingService service, CurrentAdmin current) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Edit()
    {
        var settings = await sending.DefaultAsync(HttpContext.RequestAborted);
        return View("Default", new SendingDefaultPage(new(settings, SendingForm.Of(settings), MayEdit: true)));
    }

    [HttpPost("")]
    public async Task<IActionResult> Update(SendingForm form)
    {
        var limits = form.ToLimits();
        var result = limits.Succeeded ? await service.ChangeDefaultAsync(
            form.Version, limits.Value, current.Actor, HttpContext.RequestAborted) : limits;
        if (!result.Succeeded)
        {
            ModelState.AddProblems(result.Problems);
            return View("Default",
                new SendingDefaultPage(new(await sending.DefaultAsync(HttpContext.RequestAborted), form, MayEdit: true)));
        }
        TempData.Notice(SendingTexts.Saved);
        return RedirectToAction(nameof(Edit));
    }
}
