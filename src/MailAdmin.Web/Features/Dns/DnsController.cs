using System.Text;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Dns;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Hosters;
using MailAdmin.Provisioning.Dns;
using MailAdmin.Web.Features.Sessions;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Dns;

/// <param name="Names">All names of the domain, each with records of its own.</param>
/// <param name="Inspection">What the DNS has of the name that is shown.</param>
/// <param name="IsOn">Whether the panel asks DNS servers.</param>
/// <param name="Hosts">The hosts that should receive mail; empty if the settings don't name them.</param>
public sealed record DnsPage(
    MailDomain Domain, IReadOnlyList<DomainName> Names, NameInspection Inspection, bool IsOn, IReadOnlyList<DomainName> Hosts)
{
    /// <summary>What has to be changed.</summary>
    public IReadOnlyList<RecordFinding> Open => DnsText.OpenOf(Inspection);
}

/// <summary>What each name of a domain should have in the DNS, and what it has.</summary>
[Route("/domains/{domain}/dns"), RequirePermission(Permission.SeeMail)]
public sealed class DnsController(DnsInspector inspector, ClientHostsReader hosts) : Controller
{
    /// <param name="domain">The domain.</param>
    /// <param name="name">One of its names; by default its own.</param>
    /// <param name="fresh">Whether to ask again even if it was asked some seconds ago.</param>
    [HttpGet("")]
    public async Task<IActionResult> Index(MailDomain domain, string? name, bool fresh)
    {
        if (NameOf(domain, name) is not { } shown) return NotFound();
        return View(new DnsPage(
            domain, [.. DnsInspector.NamesOf(domain)], await InspectAsync(domain, shown, fresh), inspector.IsOn,
            inspector.Policy.MailExchangers));
    }

    /// <summary>What is missing or differs, as a file.</summary>
    [HttpGet("zone")]
    public async Task<IActionResult> Zone(MailDomain domain, string? name)
    {
        if (NameOf(domain, name) is not { } shown) return NotFound();
        var inspection = await InspectAsync(domain, shown, isFresh: false);
        return File(
            Encoding.UTF8.GetBytes(DnsText.ZoneOf(DnsText.OpenOf(inspection))), "text/plain; charset=utf-8", $"{shown.Value}.zone");
    }

    private static DomainName? NameOf(MailDomain domain, string? name)
    {
        if (name is null) return domain.Name;
        return DomainName.TryParse(name, out var asked) && DnsInspector.NamesOf(domain).Contains(asked) ? asked : null;
    }

    private Task<NameInspection> InspectAsync(MailDomain domain, DomainName name, bool isFresh) =>
        inspector.InspectAsync(name, hosts.Of(domain).Hosts, DnsInspector.FormerOf(domain), isFresh, HttpContext.RequestAborted);
}
