using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Sessions;

/// <summary>
/// Shows a form that was submitted after the session had ended, so that the admin can resubmit it. It is never resubmitted automatically.
/// </summary>
[Route(Routes.KeptForm), Authorize]
public sealed class KeptFormsController(KeptForms forms, CurrentAdmin current) : Controller
{
    [HttpGet("")]
    public IActionResult Show() => forms.Find(current.Admin.Id) is { } form ? View("Kept", form) : LocalRedirect(Routes.Start);
}
