using MailAdmin.Core.Admins;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Settings;

/// <summary>The admin's own settings: language, rows of a page, quota warning; and their password.</summary>
[Route("/settings"), Authorize]
public sealed class SettingsController(OwnSettingsService service, SignInThrottle delays, CurrentAdmin current) : Controller
{
    [HttpGet("")]
    public IActionResult Edit() => View(SettingsForm.Of(current.Admin));

    [HttpPost("")]
    public async Task<IActionResult> Update(SettingsForm form)
    {
        var request = form.ToSettings();
        var result = request.Succeeded ? await service.ChangeAsync(
            request.Value, current.Actor, HttpContext.RequestAborted) : request.Problems.ToList();
        if (!result.Succeeded)
        {
            ModelState.AddProblems(result.Problems);
            return View("Edit", form);
        }
        // In the newly chosen language, because the next page is in it.
        TempData.Notice(SettingsForm.SavedIn(request.Value!.Language));
        return RedirectToAction(nameof(Edit));
    }

    [HttpPost("password")]
    public async Task<IActionResult> UpdatePassword(OwnPasswordForm form)
    {
        // Guesses at the current password are throttled as at sign-in.
        await delays.WaitAsync(current.Admin.Name, current.RemoteAddress, HttpContext.RequestAborted);
        var result = await service.ChangePasswordAsync(
            form.Present, form.Password, form.Confirmation, current.Session, current.Actor, HttpContext.RequestAborted);
        if (result.Problems.All(p => p.Field != nameof(form.Present))) delays.Forget(current.Admin.Name, current.RemoteAddress);
        if (!result.Succeeded)
        {
            ModelState.AddProblems(result.Problems);
            return View("Edit", SettingsForm.Of(current.Admin));
        }
        TempData.Notice(SettingsTexts.PasswordChanged);
        return RedirectToAction(nameof(Edit));
    }
}
