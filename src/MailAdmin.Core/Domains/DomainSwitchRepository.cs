using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Domains;

/// <summary>The work of a mail host for a switch.</summary>
/// <param name="Names">The domain's own name and its other names.</param>
public sealed record SwitchWork(long DomainId, long Sequence, DomainRouting Routing, IReadOnlyList<string> Names);

/// <param name="Host">The host's own name for itself.</param>
/// <param name="SeenAt">When the host last reported its position.</param>
/// <param name="Report">Null if the host has not reached the switch yet.</param>
public sealed record SwitchHost(string Host, DateTimeOffset SeenAt, string? FollowError, SwitchReport? Report);

/// <summary>The progress of a switch, for display.</summary>
public sealed record SwitchProgress(DateTimeOffset BegunAt, IReadOnlyList<SwitchHost> Hosts);

/// <summary>The switches that are under way: each mail host does its part and reports; the last report completes the switch.</summary>
public sealed class DomainSwitchRepository(MailDatabase database)
{
    public async Task<IReadOnlyList<SwitchWork>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        var found = await context.DomainSwitches.Where(s => s.Domain!.State != DomainState.Deleting).OrderBy(s => s.Sequence)
            .Select(s =>
                new { s.DomainId, s.Sequence, s.Domain!.Routing, s.Domain.Name, Names = s.Domain.Aliases.Select(a => a.Name).ToList() })
            .ToListAsync(cancellationToken);
        return [.. found.Select(s => new SwitchWork(s.DomainId, s.Sequence, s.Routing, [s.Name.Value, .. s.Names.Select(n => n.Value)]))];
    }

    /// <summary>Null if no switch of the domain is under way.</summary>
    public async Task<SwitchProgress?> ProgressAsync(long domainId, CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        var present = await context.DomainSwitches.Include(s => s.Reports)
            .SingleOrDefaultAsync(s => s.DomainId == domainId, cancellationToken);
        if (present is null) return null;
        var followers = await context.MapFollowers.OrderBy(f => f.Host).ToListAsync(cancellationToken);
        return new(present.BegunAt, [.. followers.Select(f =>
            new SwitchHost(
                f.Host, f.SeenAt, f.LastError, present.Reports.SingleOrDefault(r => r.Host == f.Host && r.Sequence == present.Sequence)))]);
    }

    /// <summary>Saves the report, and completes the switch if no host has anything left to do.</summary>
    public async Task ReportAsync(SwitchReport report, CancellationToken cancellationToken)
    {
        var isClear = await database.ExecuteWithoutAuditAsync(context => SaveAsync(context, report, cancellationToken), cancellationToken);
        if (isClear) await database.WriteAsync(Actor.Panel, write => CompleteAsync(write, report, cancellationToken), cancellationToken);
    }

    private static async Task<bool> SaveAsync(MailContext context, SwitchReport report, CancellationToken cancellationToken)
    {
        var present = await context.DomainSwitches.Include(s => s.Reports)
            .SingleOrDefaultAsync(s => s.DomainId == report.DomainId && s.Sequence == report.Sequence, cancellationToken);
        if (present is null) return false;
        present.Reports.RemoveAll(r => r.Host == report.Host);
        await context.SaveChangesAsync(cancellationToken);
        present.Reports.Add(report);
        await context.SaveChangesAsync(cancellationToken);
        return report.IsClear && await IsClearAsync(context, present, cancellationToken);
    }

    /// <summary>Completes a switch if no host prevents it any more.</summary>
    /// <param name="write">The transaction.</param>
    /// <param name="present">The switch with its reports and its domain.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    internal static async Task EndIfClearAsync(MailWrite write, DomainSwitch present, CancellationToken cancellationToken)
    {
        if (present.Domain is not { State: not DomainState.Deleting } domain
            || !await IsClearAsync(write.Context, present, cancellationToken)) return;
        write.Context.DomainSwitches.Remove(present);
        write.Record("domain.routing-completed", domain, domain.Name.Value, after: DomainRoutingService.Facts(domain));
    }

    // All followers of the maps have to agree: a host that still relays everything would bounce mail that another accepts.
    private static async Task<bool> IsClearAsync(MailContext context, DomainSwitch present, CancellationToken cancellationToken)
    {
        var hosts = await context.MapFollowers.Select(f => f.Host).ToListAsync(cancellationToken);
        var clear = present.Reports.Where(r => r.IsClear && r.Sequence == present.Sequence).Select(r => r.Host)
            .ToHashSet(StringComparer.Ordinal);
        return hosts.TrueForAll(clear.Contains);
    }

    private static async Task CompleteAsync(MailWrite write, SwitchReport report, CancellationToken cancellationToken)
    {
        // Null if the domain was switched back, or switched again, since the report.
        var present = await write.Context.DomainSwitches.Include(s => s.Reports).Include(s => s.Domain)
            .SingleOrDefaultAsync(s => s.DomainId == report.DomainId && s.Sequence == report.Sequence, cancellationToken);
        if (present is not null) await EndIfClearAsync(write, present, cancellationToken);
    }
}
