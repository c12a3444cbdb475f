using MailAdmin.Core.Admins;
using MailAdmin.Web.Features.Languages;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Setup;

/// <summary>The first superuser.</summary>
public sealed record SetupForm(string? Name, string? Password, string? Confirmation, string? Language);

/// <summary>First-run set-up, behind the one-time link. There is no default password.</summary>
[AllowAnonymous]
public sealed class SetupController(SetupGate door, AdminService admins, CurrentAdmin current) : Controller
{
    /// <summary>Tells where to find the link.</summary>
    [HttpGet("/setup")]
    public IActionResult Index() => door.IsOpen ? View() : NotFound();

    [HttpGet("/setup/{token}")]
    public IActionResult New(string token) => door.Takes(token) ? View(new SetupForm(null, null, null, null)) : NotFound();

    [HttpPost("/setup/{token}")]
    public async Task<IActionResult> Create(string token, SetupForm form)
    {
        if (!door.Takes(token)) return NotFound();
        var language = PanelLanguages.Find(form.Language)?.Name;
        var result = await admins.CreateFirstAsync(form.Name, form.Password, form.Confirmation, language, current.RemoteAddress);
        if (!result.Succeeded)
        {
            ModelState.AddProblems(result.Problems);
            return View("New", form);
        }
        door.Close();
        await HttpContext.SignInAsync(result.Value);
        TempData.Notice(SetupTexts.Done);
        return LocalRedirect("/");
    }
}
