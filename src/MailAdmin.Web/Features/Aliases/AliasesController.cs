using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.CatchAlls;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Previews;
using MailAdmin.Core.Results;
using MailAdmin.Core.Routing;
using MailAdmin.Provisioning.Postfix;
using MailAdmin.Web.Features.Previews;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Aliases;

/// <summary>The aliases of a domain (manual, chapter 2).</summary>
[Route("/domains/{domain}/aliases"), RequirePermission(Permission.SeeMail)]
public sealed class AliasesController(
    AliasRepository aliases, AliasService service, CatchAllRepository catchAll, MailDelivery delivery, CurrentAdmin current) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Index(MailDomain domain, ListQuery query) =>
        View(new AliasesPage(
            domain, await aliases.ListAsync(domain, query.For<AliasSort>(current.Admin.PageSize), HttpContext.RequestAborted), query));

    [HttpGet("new"), RequirePermission(Permission.EditMail)]
    public IActionResult New(MailDomain domain) => View(new NewAliasPage(domain, new AliasForm("", "")));

    [HttpPost("new"), RequirePermission(Permission.EditMail)]
    public async Task<IActionResult> Create(MailDomain domain, AliasForm form)
    {
        var result = await CreateAsync(domain, form);
        if (!result.Succeeded)
        {
            ModelState.AddProblems(result.Problems);
            return View("New", new NewAliasPage(domain, form));
        }
        TempData.Notice(AliasTexts.FormatCreated($"{result.Value.LocalPart}@{domain.Name.Display}"), delivery.AreMapsLate);
        return RedirectToAction(nameof(Show), new { domain = domain.Name.Value, id = result.Value.Id });
    }

    [HttpGet("{id:long}")]
    public async Task<IActionResult> Show(MailDomain domain, long id, PageQuery query)
    {
        if (await aliases.FindAsync(
            domain.Id, id, query.From, query.SizeOr(current.Admin.PageSize), HttpContext.RequestAborted) is not var (alias, page))
            return NotFound();
        return View(new AliasPage(domain, alias, page, new DestinationForm(""), query, ReturnPath.Of(Request)));
    }

    /// <summary>Shows what will be deleted, before it is deleted.</summary>
    [HttpGet("{id:long}/delete"), RequirePermission(Permission.EditMail)]
    public Task<IActionResult> Delete(MailDomain domain, long id) => AskAsync(domain, id);

    [HttpPost("{id:long}/delete"), RequirePermission(Permission.EditMail)]
    public async Task<IActionResult> Destroy(MailDomain domain, long id, string? stamp)
    {
        // The alias is gone already: the second click of a double click.
        if (await aliases.FindAsync(domain.Id, id, 0, 1, HttpContext.RequestAborted) is not var (alias, _)) return this.RedirectBack(
            ToList(domain));
        var result = await service.PlanDeletion(id, current.Actor).ConfirmAsync(stamp, HttpContext.RequestAborted);
        if (!result.Succeeded)
        {
            ModelState.AddProblems(result.Problems);
            return await AskAsync(domain, id);
        }
        TempData.Notice(AliasTexts.FormatDeleted($"{alias.LocalPart}@{domain.Name.Display}"), delivery.AreMapsLate);
        return this.RedirectBack(ToList(domain));
    }

    private async Task<IActionResult> AskAsync(MailDomain domain, long id)
    {
        if (await aliases.FindDeletionImpactAsync(
            domain.Id, id, current.Admin.Domains, HttpContext.RequestAborted) is not { } impact) return NotFound();
        var shown = await service.PlanDeletion(id, current.Actor).DryRunAsync(HttpContext.RequestAborted);
        var goes = await GoesAsync(domain, impact.Alias.LocalPart, shown.Effects);
        return View(
            "Delete",
            new DeleteAliasPage(domain, impact, EffectsView.Of(shown.Effects, current.Admin.Domains), goes, ReturnPath.Of(Request)));
    }

    private RedirectToActionResult ToList(MailDomain domain) => RedirectToAction(nameof(Index), new { domain = domain.Name.Value });

    // For an address that must have a recipient, the hoster's; otherwise the catch-all's, unless the catch-all does not get this address.
    private async Task<string?> GoesAsync(MailDomain domain, LocalPart part, Effects? effects)
    {
        var rows = effects?.Maps.Where(m => m.Key == $"{part}@{domain.Name}" && m.After is not null).ToList() ?? [];
        if (rows.Find(m => m.Map == PostfixMap.Virtual) is { } hoster) return hoster.After;
        if (rows.Exists(m => m.Map == PostfixMap.Refused) || domain.CatchAllAccountId is null) return null;
        return await catchAll.FindAsync(domain.Id, HttpContext.RequestAborted) is { Takes: true } holder ? holder.Username.Value : null;
    }

    private async Task<Result<MailAddress>> CreateAsync(MailDomain domain, AliasForm form)
    {
        if (!LocalAddressParser.TryParse(form.Address, domain.Name, out var part, out var problem)) return problem.At(nameof(form.Address));
        return await service.CreateAsync(
            domain.Id, part, DestinationList.Split(form.Destinations), current.Actor, HttpContext.RequestAborted);
    }
}
