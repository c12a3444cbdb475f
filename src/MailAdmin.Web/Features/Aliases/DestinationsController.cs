using MailAdmin.Core.Admins;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Domains;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Aliases;

/// <summary>Where an alias leads: adds several at once, removes one by one.</summary>
[Route("/domains/{domain}/aliases/{id:long}"), Needs(Permission.EditMail)]
public sealed class DestinationsController(AliasRepository aliases, AliasService service, CurrentAdmin current) : Controller
{
    private const string AliasView = "/Features/Aliases/Show.cshtml";

    [HttpPost("")]
    public async Task<IActionResult> Create(MailDomain domain, long id, DestinationForm form, PageQuery query)
    {
        if (await aliases.FindAsync(domain.Id, id) is not { } alias) return NotFound();
        var destinations = DestinationList.Split(form.Destinations);
        if (destinations.Count == 0) ModelState.AddModelError(nameof(form.Destinations), AliasTexts.DestinationMissing);
        else ModelState.AddProblems((await service.AddDestinationsAsync(id, destinations, current.Actor)).Problems);
        if (!ModelState.IsValid)
        {
            var page = await aliases.ListDestinationsAsync(id, query.From, query.SizeOr(current.Admin.PageSize));
            return View(AliasView, new AliasPage(domain, alias, page, form, query));
        }
        TempData.Notice(destinations.Count == 1 ? AliasTexts.FormatDestinationAdded_one(destinations[0]) : AliasTexts.FormatDestinationAdded_other(destinations.Count.Shown()));
        return ToAlias(domain, id);
    }

    [HttpPost("destinations/{destinationId:long}/delete")]
    public async Task<IActionResult> Destroy(MailDomain domain, long id, long destinationId)
    {
        if (await aliases.FindAsync(domain.Id, id) is null) return NotFound();
        var result = await service.RemoveDestinationAsync(id, destinationId, current.Actor);
        if (result.Succeeded) TempData.Notice(AliasTexts.DestinationRemoved);
        return ToAlias(domain, id);
    }

    private RedirectToActionResult ToAlias(MailDomain domain, long id) => RedirectToAction("Show", "Aliases", new { domain = domain.Name.Value, id });
}
