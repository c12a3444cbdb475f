using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Sending;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Sending;

/// <summary>The sending limits of each account of a domain: a superuser sets them, the domain's admins see them.</summary>
[Route("/domains/{domain}/sending"), RequirePermission(Permission.SeeMail)]
public sealed class DomainSendingController(SendingRepository sending, SendingService service, CurrentAdmin current) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Edit(MailDomain domain)
    {
        var settings = await sending.OfDomainAsync(domain.Id, HttpContext.RequestAborted);
        return View("Domain", new DomainSendingPage(domain, new(settings, SendingForm.Of(settings), current.May(Permission.EditDomains))));
    }

    [HttpPost(""), RequirePermission(Permission.EditDomains)]
    public async Task<IActionResult> Update(MailDomain domain, SendingForm form)
    {
        var limits = form.ToLimits();
        var result = limits.Succeeded ? await service.ChangeDomainAsync(
            domain.Id, form.Version, limits.Value, current.Actor, HttpContext.RequestAborted) : limits;
        if (!result.Succeeded)
        {
            ModelState.AddProblems(result.Problems);
            return View("Domain", new DomainSendingPage(
                domain, new(await sending.OfDomainAsync(domain.Id, HttpContext.RequestAborted), form, MayEdit: true)));
        }
        TempData.Notice(SendingTexts.Saved);
        return RedirectToAction(nameof(Edit), new { domain = domain.Name.Value });
    }
}
