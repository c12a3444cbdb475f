using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Results;
using MailAdmin.Provisioning.Postfix;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Routings;

/// <summary>Where a domain's mail goes (manual, chapter 5): all its admins see it, a superuser switches it.</summary>
[Route("/domains/{domain}/routing"), RequirePermission(Permission.SeeMail)]
public sealed class RoutingsController(
    DomainRoutingService service, DomainSwitchRepository switches, RoutingPreviewRepository previews, IMailHost postfix,
    CurrentAdmin current) : Controller
{
    // The queue is only additional information, so the page does not wait long for it.
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(1);

    [HttpGet("")]
    public Task<IActionResult> Index(MailDomain domain) => ShowAsync(domain, domain.NextHop);

    /// <summary>Shows the effects of a switch. Without a next hop the mail of a relayed domain is to be delivered here.</summary>
    [HttpGet("change"), RequirePermission(Permission.EditDomains)]
    public async Task<IActionResult> Edit(MailDomain domain, string? nextHop)
    {
        // An empty field and a missing one both bind to null: only the query tells them apart.
        var isHere = !Request.Query.ContainsKey(nameof(nextHop)) && domain.Routing == DomainRouting.Relay;
        if (isHere) return View(await ChangeAsync(domain, null));
        if (!NextHop.TryParse(nextHop, out var hop, out var fault)) return await RefuseAsync(domain, nextHop, fault);
        if (await service.CheckAsync(hop, HttpContext.RequestAborted) is { } problem) return await RefuseAsync(domain, nextHop, problem);
        if (await service.IsPerhapsOwnAsync(hop, HttpContext.RequestAborted))
            ModelState.AddProblems([NextHopProblems.PerhapsOurselves(hop.Value).At(nameof(RoutingForm.AcceptsHost))]);
        return View(await ChangeAsync(domain, hop));
    }

    [HttpPost(""), RequirePermission(Permission.EditDomains)]
    public async Task<IActionResult> Update(MailDomain domain, RoutingForm form)
    {
        var change = form.ToChange();
        var result = change.Succeeded ? await service.ChangeAsync(
            domain.Id, change.Value, current.Actor, HttpContext.RequestAborted) : change.Problems.ToList();
        if (!result.Succeeded)
        {
            ModelState.AddProblems(result.Problems);
            // The acceptance has to be given on the page that shows the effects of the switch.
            if (result.Problems.Any(p => p.Field == nameof(form.AcceptsHost)))
                return View("Edit", await ChangeAsync(domain, change.Value!.NextHop));
            return await ShowAsync(domain, form.NextHop ?? domain.NextHop);
        }
        TempData.Notice(RoutingText.Accepted(result.Value));
        return RedirectToAction(nameof(Index), new { domain = domain.Name.Value });
    }

    private Task<IActionResult> RefuseAsync(MailDomain domain, string? typed, Problem problem)
    {
        ModelState.AddProblems([problem.At(nameof(RoutingForm.NextHop))]);
        return ShowAsync(domain, typed);
    }

    private async Task<IActionResult> ShowAsync(MailDomain domain, string? nextHop)
    {
        var progress = await switches.ProgressAsync(domain.Id, HttpContext.RequestAborted);
        if (progress is not null && Request.Method == HttpMethods.Get && ModelState.IsValid) Response.Headers["Refresh"] = "2";
        return View("Index", new RoutingPage(domain, progress, nextHop));
    }

    private async Task<RoutingChangePage> ChangeAsync(MailDomain domain, NextHop? hop) =>
        new(domain, hop, await previews.ReadAsync(domain.Id, names: hop is null, HttpContext.RequestAborted),
            await postfix.CountWaitingAsync(domain, Budget, HttpContext.RequestAborted));
}
