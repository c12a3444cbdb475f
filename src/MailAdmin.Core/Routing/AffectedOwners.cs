using MailAdmin.Core.Addresses;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Routing;

/// <summary>All owners whose map rows may differ after a transaction's changes: the changed ones, and those that depend on them.</summary>
internal sealed class AffectedOwners
{
    private const int ChunkSize = 500;

    private static readonly Func<MailContext, long[], IAsyncEnumerable<long>> HeldCatchAlls = CompiledQuery.Create(
        (MailContext context, long[] accountIds) =>
        context.Domains.Where(d => d.CatchAllAccountId != null && accountIds.Contains(d.CatchAllAccountId.Value)).Select(d => d.Id));

    private AffectedOwners(ChangedOwners changed) => (Stores, Domains, Accounts, Addresses) =
        ([.. changed.Stores], [.. changed.Domains, .. changed.WholeDomains], [.. changed.Accounts], [.. changed.Addresses]);

    public HashSet<long> Stores { get; }

    public HashSet<long> Domains { get; }

    public HashSet<long> Accounts { get; }

    public HashSet<long> Addresses { get; }

    /// <summary>The ids of each kind of owner.</summary>
    public IEnumerable<(MapOwner Owner, HashSet<long> Ids)> ByKind =>
        [(MapOwner.Store, Stores), (MapOwner.Account, Accounts), (MapOwner.Address, Addresses), (MapOwner.Domain, Domains)];

    /// <param name="context">The transaction's context, with its changes saved.</param>
    /// <param name="changes">What was changed.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public static async Task<AffectedOwners> FindAsync(MailContext context, ChangeSet changes, CancellationToken cancellationToken)
    {
        var changed = ChangedOwners.Of(changes);
        var affected = new AffectedOwners(changed);
        if (changed.IsEmpty) return affected;
        var cameOrWent = NamesOf(changes);
        await affected.AddContentsAsync(context, [.. changed.WholeDomains], cancellationToken);
        await affected.AddExternalAsync(context, changes, [.. changed.WholeDomains], cameOrWent, cancellationToken);
        await AddressClosure.AddAsync(context, affected.Accounts, affected.Addresses, cancellationToken);
        if (changed.AllDomains
            || await RoleAddress.IsMovedAsync(
                context, cameOrWent, changed.WholeDomains, affected.Addresses, changes.Of<AddressRemoved>().Any(), cancellationToken))
            affected.Domains.UnionWith(await context.Domains.Select(d => d.Id).ToListAsync(cancellationToken));
        foreach (var chunk in affected.Accounts.Chunk(ChunkSize))
            affected.Domains.UnionWith(await HeldCatchAlls(context, chunk).ToListAsync(cancellationToken));
        return affected;
    }

    private static HashSet<DomainName> NamesOf(ChangeSet changes) =>
        [.. changes.Of<DomainChanged>().Where(d => d.CameOrWent).Select(d => d.Domain.Name), .. changes.Of<DomainNameChanged>()
            .Select(n => n.Name)];

    private async Task AddContentsAsync(MailContext context, List<long> domains, CancellationToken cancellationToken)
    {
        if (domains.Count == 0) return;
        Accounts.UnionWith(await context.Accounts.Where(a => domains.Contains(a.DomainId)).Select(a => a.Id)
            .ToListAsync(cancellationToken));
        Addresses.UnionWith(await context.Addresses.Where(a => domains.Contains(a.DomainId)).Select(a => a.Id)
            .ToListAsync(cancellationToken));
    }

    // Aliases and redirects with external destinations under a name that was added or removed, or whose domain is routed differently now.
    private async Task AddExternalAsync(
        MailContext context, ChangeSet changes, List<long> whole, IReadOnlySet<DomainName> cameOrWent, CancellationToken cancellationToken)
    {
        var names = cameOrWent.ToHashSet();
        List<long> domains = [.. whole.Union(changes.Of<DomainChanged>().Where(d => d.MovesCatchAll).Select(d => d.Domain.Id))];
        if (domains.Count > 0) names.UnionWith(await context.Domains.Where(d => domains.Contains(d.Id)).Select(d => d.Name)
            .Concat(context.DomainAliases.Where(n => domains.Contains(n.DomainId)).Select(n => n.Name)).ToListAsync(cancellationToken));
        if (names.Count == 0) return;
        var listed = names.ToList();
        var external = await context.Destinations.Where(d => listed.Contains(d.ExternalDomain!))
            .Select(d => new { d.AliasId, d.RedirectId }).Distinct().ToListAsync(cancellationToken);
        Addresses.UnionWith(external.Select(d => d.AliasId).OfType<long>());
        Accounts.UnionWith(external.Select(d => d.RedirectId).OfType<long>());
    }
}
