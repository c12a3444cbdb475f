using MailAdmin.Core.Admins;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Previews;
using MailAdmin.Provisioning.Postfix;
using MailAdmin.Web.Features.Previews;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Aliases;

/// <summary>The destinations of an alias: adds and removes several at once.</summary>
[Route("/domains/{domain}/aliases/{id:long}"), RequirePermission(Permission.EditMail)]
public sealed class DestinationsController(AliasRepository aliases, AliasService service, MailDelivery delivery, CurrentAdmin current)
    : Controller
{
    [HttpPost("")]
    public async Task<IActionResult> Create(MailDomain domain, long id, DestinationForm form, PageQuery query)
    {
        if (await aliases.FindAsync(
            domain.Id, id, query.From, query.SizeOr(current.Admin.PageSize), HttpContext.RequestAborted) is not var (alias, page))
            return NotFound();
        var destinations = DestinationList.Split(form.Destinations);
        if (destinations.Count == 0) ModelState.AddModelError(nameof(form.Destinations), AliasTexts.DestinationMissing);
        var result = destinations.Count == 0 ? null : await service.AddDestinationsAsync(
            id, destinations, current.Actor, HttpContext.RequestAborted);
        ModelState.AddProblems(result?.Problems ?? []);
        if (!ModelState.IsValid) return View("Show", new AliasPage(domain, alias, page, form, query, ReturnPath.Of(Request)));
        // One line may contain several destinations, and two spellings may be the same address.
        var added = result!.Value!.Destinations.Count - alias.DestinationCount;
        TempData.Notice(
            added == 1
            ? AliasTexts.FormatDestinationAdded_one(destinations[0])
            : AliasTexts.FormatDestinationAdded_other(added.Shown()), delivery.AreMapsLate);
        return ToAlias(domain, id, first: null);
    }

    /// <summary>Removes one destination immediately; for several, or the last one, it shows first what will change.</summary>
    /// <param name="destination">Ids of the destinations to remove.</param>
    /// <param name="stamp">The stamp of the effects that were shown, or null.</param>
    [HttpPost("destinations/delete")]
    public async Task<IActionResult> Destroy(MailDomain domain, long id, long[] destination, string? stamp, PageQuery query)
    {
        if (await aliases.FindAsync(domain.Id, id, 0, 1, HttpContext.RequestAborted) is not var (alias, _)) return NotFound();
        var removed = await aliases.FindDestinationsAsync(id, destination, HttpContext.RequestAborted);
        var page = new RemoveDestinationsPage(domain, alias, removed, null, query.First, ReturnPath.Of(Request));
        var asks = removed.Count > 1 || (removed.Count == 1 && page.NoneRemains);
        if (asks && stamp is null) return await AskAsync(page);
        if (destination.Length == 0)
        {
            TempData.Notice(AliasTexts.NoneChosen, NoticeKind.Warning);
            return ToAlias(domain, id, query.First);
        }
        var removal = service.PlanRemoval(id, destination, current.Actor);
        var result = await (asks ? removal.ConfirmAsync(stamp, HttpContext.RequestAborted) : removal.MakeAsync(HttpContext.RequestAborted));
        if (!result.Succeeded)
        {
            ModelState.AddProblems(result.Problems);
            return await AskAsync(page);
        }
        TempData.Notice(
            destination.Length == 1
            ? AliasTexts.DestinationRemoved_one
            : AliasTexts.FormatDestinationRemoved_other(destination.Length.Shown()), delivery.AreMapsLate);
        return ToAlias(domain, id, query.First);
    }

    private async Task<ViewResult> AskAsync(RemoveDestinationsPage page)
    {
        var shown = await service.PlanRemoval(page.Alias.Id, [.. page.Removed.Select(d => d.Id)], current.Actor)
            .DryRunAsync(HttpContext.RequestAborted);
        return View("RemoveDestinations", page with { Effects = EffectsView.Of(shown.Effects, current.Admin.Domains) });
    }

    private RedirectToActionResult ToAlias(MailDomain domain, long id, int? first) =>
        RedirectToAction("Show", "Aliases", new { domain = domain.Name.Value, id, first, back = ReturnPath.Of(Request) });
}
