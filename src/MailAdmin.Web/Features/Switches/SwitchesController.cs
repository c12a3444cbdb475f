using MailAdmin.Core.Admins;
using MailAdmin.Core.Dns;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Hosters;
using MailAdmin.Provisioning.Dns;
using MailAdmin.Web.Features.Sessions;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Switches;

/// <param name="Preview">The accounts and what they lack.</param>
/// <param name="IsSwitching">Whether the switch is under way.</param>
/// <param name="Names">What the DNS has of the domain's names; only the first ones, if it has many.</param>
/// <param name="IsOn">Whether the panel asks DNS servers.</param>
public sealed record SwitchPage(
    MailDomain Domain, RoutingPreview Preview, bool IsSwitching, IReadOnlyList<NameInspection> Names, bool IsOn)
{
    public bool IsRelayed => Domain.Routing == DomainRouting.Relay;

    /// <summary>The number of names that are not shown.</summary>
    public int OtherNames => DnsInspector.NamesOf(Domain).Count() - Names.Count;

    public bool IsEveryMxRight => Names.All(n => n.Mx is { State: RecordState.Right });

    /// <summary>The names whose MX records lead mail to the previous server, or to another one.</summary>
    public IReadOnlyList<NameInspection> Elsewhere => [.. Names.Where(n =>
        n.Mx is { Remark: RecordRemark.FormerServer or RecordRemark.Other or RecordRemark.AlsoOthers })];
}

/// <summary>
/// Everything that matters before and after a domain is switched to this server, on one page (manual, chapter 5). The switch itself is the
/// one of the page <c>routing</c>.
/// </summary>
[Route("/domains/{domain}/switch"), RequirePermission(Permission.SeeMail)]
public sealed class SwitchesController(
    RoutingPreviewRepository previews, DomainSwitchRepository switches, DnsInspector inspector, ClientHostsReader hosts) : Controller
{
    // The questions for so many names are answered in time.
    private const int MostNames = 12;

    [HttpGet("")]
    public async Task<IActionResult> Index(MailDomain domain, bool fresh)
    {
        var cancellationToken = HttpContext.RequestAborted;
        var names = inspector.InspectAllAsync(domain, hosts.Of(domain).Hosts, MostNames, fresh, cancellationToken);
        var preview = await previews.ReadAsync(domain.Id, names: false, cancellationToken);
        var progress = await switches.ProgressAsync(domain.Id, cancellationToken);
        return View(new SwitchPage(domain, preview, progress is not null, await names, inspector.IsOn));
    }
}
