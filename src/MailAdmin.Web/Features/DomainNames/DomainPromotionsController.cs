using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Web.Features.Previews;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.DomainNames;

/// <param name="Name">The name that becomes the main one.</param>
public sealed record PromoteDomainNamePage(MailDomain Domain, DomainName Name, EffectsView? Effects);

/// <summary>Makes another name of a domain its main name, after showing what changes.</summary>
[Route("/domains/{domain}/names/{name}/promote"), RequirePermission(Permission.EditDomains)]
public sealed class DomainPromotionsController(DomainAliasService service, CurrentAdmin current) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> New(MailDomain domain, string name) =>
        Find(domain, name) is { } found ? await AskAsync(domain, found) : NotFound();

    [HttpPost("")]
    public async Task<IActionResult> Create(MailDomain domain, string name, string? stamp)
    {
        if (Find(domain, name) is not { } found) return NotFound();
        var result = await service.PlanPromotion(domain.Id, found, current.Actor).ConfirmAsync(stamp, HttpContext.RequestAborted);
        if (!result.Succeeded)
        {
            ModelState.AddProblems(result.Problems);
            return await AskAsync(domain, found);
        }
        TempData.Notice(DomainNameTexts.FormatPromoted(domain.Name.Display, found.Display));
        return LocalRedirect(Routes.Of(found).Names);
    }

    private static DomainName? Find(MailDomain domain, string name) =>
        DomainName.TryParse(name, out var parsed) && domain.Aliases.Any(a => a.Name == parsed) ? parsed : null;

    private async Task<ViewResult> AskAsync(MailDomain domain, DomainName name)
    {
        var shown = await service.PlanPromotion(domain.Id, name, current.Actor).DryRunAsync(HttpContext.RequestAborted);
        if (!shown.Result.Succeeded) ModelState.AddProblems(shown.Result.Problems);
        return View("Promote", new PromoteDomainNamePage(domain, name, EffectsView.Of(shown.Effects, current.Admin.Domains)));
    }
}
