using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Sessions;

/// <summary>Shows what was sent after the session had ended, to be sent again. It is never sent by itself.</summary>
[Route(Routes.KeptForm), Authorize]
public sealed class KeptFormsController(KeptForms forms, CurrentAdmin current) : Controller
{
    [HttpGet("")]
    public IActionResult Show() => forms.Find(current.Admin.Id) is { } form ? View("Kept", form) : LocalRedirect(Routes.Start);
}
