using MailAdmin.Core.Admins;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Admins;

/// <summary>Sets another admin's password; the reader's own is in their settings.</summary>
[Route("/admins/{id:long}/password"), RequirePermission(Permission.RunPanel)]
public sealed class AdminPasswordsController(AdminRepository admins, AdminService service, OwnPassword own, CurrentAdmin current)
    : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Edit(long id)
    {
        if (id == current.Admin.Id) return RedirectToAction("Edit", "Settings");
        return await admins.FindAsync(id, HttpContext.RequestAborted) is { } admin ? View("Password", admin) : NotFound();
    }

    [HttpPost("")]
    public async Task<IActionResult> Update(long id, AdminPasswordForm form)
    {
        if (await admins.FindAsync(id, HttpContext.RequestAborted) is not { } admin) return NotFound();
        var confirmed = await own.ConfirmAsync(form.Present, HttpContext.RequestAborted);
        var result = confirmed.Succeeded
            ? await service.ChangePasswordAsync(
                id, form.Password, form.Confirmation, current.Actor, HttpContext.RequestAborted) : confirmed.Problems.ToList();
        if (!result.Succeeded)
        {
            ModelState.AddProblems(result.Problems);
            return View("Password", admin);
        }
        TempData.Notice(AdminTexts.FormatPasswordChanged(admin.Name));
        return RedirectToAction("Index", "Admins");
    }
}
