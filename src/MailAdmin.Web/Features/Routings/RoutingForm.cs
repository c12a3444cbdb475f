using MailAdmin.Core.Domains;
using MailAdmin.Core.Results;
using MailAdmin.Provisioning.Postfix;

namespace MailAdmin.Web.Features.Routings;

/// <summary>A confirmed switch.</summary>
/// <param name="Version">The version of the domain that was shown.</param>
/// <param name="NextHop">Null if the mail is delivered here.</param>
/// <param name="AcceptsHost">As in <see cref="RoutingChange"/>.</param>
public sealed record RoutingForm(long Version, string? NextHop, bool AcceptsHost = false)
{
    public Result<RoutingChange> ToChange()
    {
        if (NextHop is null) return new RoutingChange(Version, null);
        if (!Core.Domains.NextHop.TryParse(NextHop, out var hop, out var fault)) return fault.At(nameof(NextHop));
        return new RoutingChange(Version, hop, AcceptsHost);
    }
}

/// <param name="Progress">Null if no switch is in progress.</param>
/// <param name="NextHop">As typed, or the current one.</param>
public sealed record RoutingPage(MailDomain Domain, SwitchProgress? Progress, string? NextHop)
{
    public bool IsRelayed => Domain.Routing == DomainRouting.Relay;
}

/// <param name="NextHop">Null if the mail is to be delivered here.</param>
/// <param name="Waiting">The mail that waits on this host; null if it could not be counted.</param>
public sealed record RoutingChangePage(MailDomain Domain, NextHop? NextHop, RoutingPreview Preview, WaitingOnHost? Waiting)
{
    /// <summary>Whether the mail is relayed already, and another server becomes its next hop.</summary>
    public bool IsElsewhere => NextHop is not null && Domain.Routing == DomainRouting.Relay;
}
