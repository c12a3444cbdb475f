using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Routing;
using MailAdmin.Provisioning.Postfix;
using MailAdmin.Web.Features.Accounts;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Trace;

/// <summary>
/// Traces where mail for an address goes, and why. The number of queries grows with the length of the chain of aliases and redirects.
/// </summary>
[Route("/trace"), RequirePermission(Permission.SeeMail)]
public sealed class TraceController(
    ResolverRepository resolver, MapRepository maps, AccountFilters filters, MailHostNames host, IMailHost postfix, CurrentAdmin current)
        : Controller
{
    // The live maps are only additional information, so the page does not wait long for them.
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(1);

    [HttpGet("")]
    public async Task<IActionResult> Index(string? address)
    {
        if (string.IsNullOrWhiteSpace(address)) return View(new TracePage(address, null, [], null));
        if (!SpelledRecipient.TryParse(address, host, out var recipient, out var fault)) return Refused(address, Problems.TextOf(fault));
        var resolution = await resolver.ResolveAsync(recipient.Address, HttpContext.RequestAborted);
        if (!MayAsk(resolution)) return Refused(address, TraceTexts.NotYours);
        var seen = TraceScope.Of(resolution.Steps, current.Actor);
        return View(new TracePage(address, resolution, seen, await MapsAsync(resolution, seen))
        {
            ReadAs = recipient.IsRead ? recipient.Address : null,
            Filters = await filters.OfAsync(seen.Where(s => TraceScope.IsSeen(s, current.Actor)), HttpContext.RequestAborted),
        });
    }

    // A domain of other admins and an unknown one get the same answer.
    private bool MayAsk(Resolution resolution) =>
        resolution.Steps[0].DomainId is { } domain ? current.Actor.Sees(domain) : current.Actor.Domains is null;

    private ViewResult Refused(string address, string text)
    {
        ModelState.AddModelError("address", text);
        return View("Index", new TracePage(address, null, [], null));
    }

    private async Task<TraceMaps> MapsAsync(Resolution resolution, IReadOnlyList<ResolutionStep> seen)
    {
        var keys = resolution.Keys(seen.Where(step => TraceScope.IsSeen(step, current.Actor)));
        var wanted = await maps.ListAsync(keys, HttpContext.RequestAborted);
        return TraceMaps.Of(keys, wanted, await postfix.ReadMapsAsync(keys, Budget, HttpContext.RequestAborted));
    }
}
