using MailAdmin.Core.Domains;
using MailAdmin.Core.Results;
using MailAdmin.Provisioning.Postfix;

namespace MailAdmin.Web.Features.Routings;

/// <summary>A confirmed switch.</summary>
/// <param name="Version">Of the domain that was shown.</param>
/// <param name="NextHop">Null: the mail is delivered here.</param>
/// <param name="AcceptsHost">As of <see cref="RoutingChange"/>.</param>
public sealed record RoutingForm(long Version, string? NextHop, bool AcceptsHost = false)
{
    public Result<RoutingChange> ToChange()
    {
        if (NextHop is null) return new RoutingChange(Version, null);
        if (!Core.Domains.NextHop.TryParse(NextHop, out var hop, out var fault)) return fault.At(nameof(NextHop));
        return new RoutingChange(Version, hop, AcceptsHost);
    }
}

/// <param name="Progress">Null: the domain is where it shall be.</param>
/// <param name="NextHop">As it was typed, or as it is.</param>
public sealed record RoutingPage(MailDomain Domain, SwitchProgress? Progress, string? NextHop)
{
    public bool IsRelayed => Domain.Routing == DomainRouting.Relay;
}

/// <param name="NextHop">Null: the mail is to be delivered here.</param>
/// <param name="Waiting">What waits on this host; null when it could not be seen.</param>
public sealed record RoutingChangePage(MailDomain Domain, NextHop? NextHop, RoutingPreview Preview, WaitingOnHost? Waiting)
{
    /// <summary>Another server takes over from the one to which the mail is handed on now.</summary>
    public bool IsElsewhere => NextHop is not null && Domain.Routing == DomainRouting.Relay;
}
