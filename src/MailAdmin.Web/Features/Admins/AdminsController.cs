using MailAdmin.Core.Admins;
using MailAdmin.Core.Results;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Admins;

/// <summary>The admins who may sign in, and their rights.</summary>
[Route("/admins"), RequirePermission(Permission.RunPanel)]
public sealed class AdminsController(AdminRepository admins, AdminService service, OwnPassword own, CurrentAdmin current) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Index(ListQuery query) =>
        View(new AdminsPage(
            await admins.ListAsync(query.Search, query.From, query.SizeOr(current.Admin.PageSize), HttpContext.RequestAborted), query));

    [HttpGet("new")]
    public IActionResult New() => View(NewAdminForm.Proposal);

    [HttpPost("new")]
    public async Task<IActionResult> Create(NewAdminForm form)
    {
        var request = form.ToNewAdmin();
        var confirmed = await own.ConfirmAsync(form.Present, HttpContext.RequestAborted);
        var result = request.Succeeded && confirmed.Succeeded
            ? await service.CreateAsync(request.Value, current.Actor, HttpContext.RequestAborted) : request.Problems.Concat(
                confirmed.Problems).ToList();
        if (!result.Succeeded)
        {
            ModelState.AddProblems(result.Problems);
            return View("New", form with { Password = null, Confirmation = null, Present = null });
        }
        TempData.Notice(AdminTexts.FormatCreated(result.Value.UserName));
        return RedirectToAction(nameof(Index));
    }

    [HttpGet("{id:long}")]
    public async Task<IActionResult> Edit(long id) =>
        await admins.FindAsync(id, HttpContext.RequestAborted) is { } admin ? View(
            new AdminPage(admin, AdminForm.Of(admin), IsOwn(id))) : NotFound();

    [HttpPost("{id:long}")]
    public async Task<IActionResult> Update(long id, AdminForm form)
    {
        if (await admins.FindAsync(id, HttpContext.RequestAborted) is not { } admin) return NotFound();
        var rights = RightsChoice.Read(form.Rights, form.Domains);
        var confirmed = await own.ConfirmAsync(form.Present, HttpContext.RequestAborted);
        Result result = rights.Succeeded && confirmed.Succeeded
            ? await service.ChangeRightsAsync(
                id, form.Stamp, rights.Value, form.State == AdminForm.Active, current.Actor, HttpContext.RequestAborted)
                : rights.Succeeded ? confirmed : rights;
        if (!result.Succeeded)
        {
            var isLate = this.AddProblems(result.Problems, () => form.DifferencesTo(AdminForm.Of(admin)));
            return View(
                "Edit", new AdminPage(
                    admin, isLate ? form with { Stamp = admin.Stamp, Present = null } : form with { Present = null }, IsOwn(id)));
        }
        TempData.Notice(AdminTexts.FormatChanged(admin.Name));
        return RedirectToAction(nameof(Index));
    }

    /// <summary>Shows what will be deleted, before it is deleted.</summary>
    [HttpGet("{id:long}/delete")]
    public async Task<IActionResult> Delete(long id) =>
        await admins.FindAsync(id, HttpContext.RequestAborted) is { } admin ? View(new DeleteAdminPage(admin, IsOwn(id))) : NotFound();

    [HttpPost("{id:long}/delete")]
    public async Task<IActionResult> Destroy(long id, string? stamp)
    {
        // The admin is gone already: the second click of a double click.
        if (await admins.FindAsync(id, HttpContext.RequestAborted) is not { } admin) return RedirectToAction(nameof(Index));
        var result = await service.DeleteAsync(id, stamp, current.Actor, HttpContext.RequestAborted);
        if (!result.Succeeded)
        {
            ModelState.AddProblems(result.Problems);
            return View("Delete", new DeleteAdminPage(admin, IsOwn(id)));
        }
        TempData.Notice(AdminTexts.FormatDeleted(admin.Name));
        return RedirectToAction(nameof(Index));
    }

    private bool IsOwn(long id) => id == current.Admin.Id;
}
