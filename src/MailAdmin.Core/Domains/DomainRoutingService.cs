using System.Globalization;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Results;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Domains;

/// <param name="Version">The version of the domain that was shown.</param>
/// <param name="NextHop">Where its mail is relayed; null if it is delivered here.</param>
/// <param name="AcceptsHost">The superuser was warned that the server may be this very host, and wants it all the same.</param>
public sealed record RoutingChange(long Version, NextHop? NextHop, bool AcceptsHost = false);

/// <summary>
/// Switches the routing of a domain (manual, chapter 5); only superusers may do this. The mail hosts follow and complete the switch.
/// </summary>
public sealed class DomainRoutingService(MailDatabase database, MailHostNames host)
{
    // The ports of this host's Postfix; another server on the same machine uses other ports.
    private static readonly int[] OwnPorts = [25, 465, 587];

    /// <summary>Problems carry the fields NextHop and AcceptsHost. Setting the present routing again is not an error.</summary>
    public async Task<Result<MailDomain>> ChangeAsync(
        long id, RoutingChange change, Actor actor, CancellationToken cancellationToken = default)
    {
        var isOwn = change.NextHop is { } next && !change.AcceptsHost && actor.AdminId is not null
            && await ServerGreeting.IsOfAsync(next, host, cancellationToken);
        return await database.WriteAsync<Result<MailDomain>>(actor, async write =>
        {
            var domain = await write.Context.Domains.SingleOrDefaultAsync(d => d.Id == id, cancellationToken);
            if (domain is null or { State: DomainState.Deleting }) return DomainProblems.NotFound;
            actor.Require(Permission.EditDomains);
            if (domain.Version != change.Version) return DomainProblems.ChangedMeanwhile;
            if (change.NextHop is { } hop
                && await CheckAsync(write.Context, hop, cancellationToken) is { } problem) return problem.At("NextHop");
            if (isOwn) return NextHopProblems.PerhapsOurselves(change.NextHop!.Value).At("AcceptsHost");
            var routing = change.NextHop is null ? DomainRouting.Local : DomainRouting.Relay;
            if (routing == domain.Routing && (change.NextHop is null || change.NextHop.Value == domain.NextHop)) return domain;
            var before = Facts(domain);
            if (routing != domain.Routing) await BeginAsync(write, id);
            // The next hop is kept when mail is delivered here, for switching back.
            (domain.Routing, domain.NextHop) = (routing, change.NextHop?.Value ?? domain.NextHop);
            write.Record("domain.routing-changed", domain, domain.Name.Value, before, Facts(domain));
            return domain;
        }, cancellationToken);
    }

    /// <summary>
    /// Whether the server greets with this host's name, on a port or an address that is not known to be its own: the superuser has to
    /// confirm it.
    /// </summary>
    public Task<bool> IsPerhapsOwnAsync(NextHop hop, CancellationToken cancellationToken) =>
        ServerGreeting.IsOfAsync(hop, host, cancellationToken);

    /// <inheritdoc cref="CheckAsync(MailContext, NextHop, CancellationToken)"/>
    public async Task<Problem?> CheckAsync(NextHop hop, CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        return await CheckAsync(context, hop, cancellationToken);
    }

    /// <summary>
    /// Refuses a server of this installation, since mail relayed to it would bounce back to its sender; null if it is another.
    /// </summary>
    internal async Task<Problem?> CheckAsync(MailContext context, NextHop hop, CancellationToken cancellationToken)
    {
        if (!hop.IsSmtp || !OwnPorts.Contains(hop.Port)) return null;
        var known = await (
            from store in context.Stores from follower in context.MapFollowers.DefaultIfEmpty() select new { store.Name, follower!.Host })
                .ToListAsync(cancellationToken);
        var names = known.SelectMany(k => (string?[])[k.Name.Value, k.Host]).Append(host.Hostname?.Value).Append("localhost");
        var isOurs = hop.Address is { } address ? host.IsOwn(address) : names.Contains(hop.Host, StringComparer.OrdinalIgnoreCase);
        return isOurs ? NextHopProblems.Ourselves(string.Create(CultureInfo.InvariantCulture, $"{hop.Host}:{hop.Port}")) : null;
    }

    internal static object Facts(MailDomain domain) =>
        new { domain.Routing, NextHop = domain.Routing == DomainRouting.Relay ? domain.NextHop : null };

    private static async Task BeginAsync(MailWrite write, long domainId)
    {
        var present = await write.Context.DomainSwitches.SingleOrDefaultAsync(s => s.DomainId == domainId);
        if (present is null) write.Context.DomainSwitches.Add(present = new DomainSwitch { DomainId = domainId });
        (present.Sequence, present.BegunAt) = (write.Change.Id, write.Now);
    }
}
