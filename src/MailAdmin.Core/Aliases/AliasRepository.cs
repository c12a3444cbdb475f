using MailAdmin.Core.Addresses;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Aliases;

/// <summary>An alias, in the list (manual, fig. 9 and 10) or on its own page.</summary>
/// <param name="Destinations">The destinations that are shown.</param>
/// <param name="DestinationCount">The number of all destinations.</param>
public sealed record AliasRow(long Id, LocalPart LocalPart, IReadOnlyList<DestinationRow> Destinations, int DestinationCount);

/// <summary>The columns of the list.</summary>
public enum AliasSort
{
    Address,

    /// <summary>By the number of destinations.</summary>
    Destinations,
}

/// <param name="Alias">The alias with the first of its destinations.</param>
/// <param name="Dependents">Aliases with this alias as a destination, in domains that the admin may see.</param>
/// <param name="HiddenDependents">The number of such aliases in other domains.</param>
public sealed record AliasDeletionImpact(AliasRow Alias, IReadOnlyList<DependentAlias> Dependents, int HiddenDependents);

public sealed record DependentAlias(long Id, LocalPart LocalPart, DomainName Domain);

/// <summary>Reads aliases.</summary>
public sealed class AliasRepository(MailDatabase database)
{
    /// <summary>Number of destinations shown for each alias in the list; the others are only counted.</summary>
    public const int DestinationsShown = 5;

    /// <summary>The search looks in addresses and destinations.</summary>
    /// <param name="domain">The domain with its other names.</param>
    public async Task<Page<AliasRow>> ListAsync(
        MailDomain domain, ListRequest<AliasSort> list, CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        var aliases = context.Addresses.Where(a => a.DomainId == domain.Id && a.AccountId == null);
        if (list.Search is { } text) aliases = AliasSearch.Match(context, aliases, domain, text);
        var (rows, first, total) = await PageAsync(aliases, list, cancellationToken);
        var shown = await FirstDestinationsAsync(context, [.. rows.Where(r => r.Count > 0).Select(r => r.Id)], cancellationToken);
        return new([.. rows.Select(r => new AliasRow(r.Id, r.LocalPart, [.. shown[r.Id]], r.Count))], first, list.Size, total);
    }

    /// <summary>An alias of this domain with a page of its destinations, or null.</summary>
    public async Task<(AliasRow Alias, Page<DestinationRow> Page)?> FindAsync(
        long domainId, long aliasId, int first, int size, CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        var alias = await context.Addresses.Where(a => a.Id == aliasId && a.DomainId == domainId && a.AccountId == null)
            .Select(a => new { a.LocalPart, a.Destinations.Count }).SingleOrDefaultAsync(cancellationToken);
        if (alias is null) return null;
        first = Paging.Clamp(first, size, alias.Count);
        var part = context.Destinations.Where(d => d.AliasId == aliasId).OrderBy(d => d.Id).Skip(first).Take(size);
        var rows = alias.Count == 0 ? [] : await DestinationRows.ReadAsync(context, part, cancellationToken);
        return (new(aliasId, alias.LocalPart, rows, alias.Count), new(rows, first, size, alias.Count));
    }

    /// <summary>The id of the alias with this address, or null.</summary>
    public async Task<long?> FindIdAsync(long domainId, LocalPart localPart, CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        return await context.Addresses.Where(a => a.DomainId == domainId && a.LocalPart == localPart && a.AccountId == null)
            .Select(a => (long?)a.Id).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Those of an alias' destinations that still exist.</summary>
    public async Task<IReadOnlyList<DestinationRow>> FindDestinationsAsync(
        long aliasId, IReadOnlyCollection<long> ids, CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        return await DestinationRows.ReadAsync(
            context, context.Destinations.Where(d => d.AliasId == aliasId && ids.Contains(d.Id)), cancellationToken);
    }

    /// <summary>Aliases by id, without their destinations, for lists that only mention them.</summary>
    internal async Task<IReadOnlyDictionary<long, AliasRow>> FindAsync(
        IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0) return new Dictionary<long, AliasRow>();
        await using var context = database.Open();
        return await context.Addresses.Where(a => ids.Contains(a.Id))
            .Select(a => new AliasRow(a.Id, a.LocalPart, new List<DestinationRow>(), a.Destinations.Count))
            .ToDictionaryAsync(a => a.Id, cancellationToken);
    }

    /// <summary>What else is affected when an alias of this domain is deleted; null if there is no such alias.</summary>
    /// <param name="visible">Ids of the domains whose aliases may be shown; null means all.</param>
    public async Task<AliasDeletionImpact?> FindDeletionImpactAsync(
        long domainId, long aliasId, IReadOnlySet<long>? visible, CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        var alias = await context.Addresses.Where(a => a.Id == aliasId && a.DomainId == domainId && a.AccountId == null)
            .Select(a => new { a.LocalPart, a.Destinations.Count }).SingleOrDefaultAsync(cancellationToken);
        if (alias is null) return null;
        // A query of its own: together with the alias, SQLite would first collect the sources of every alias.
        var dependents = await context.Destinations.Where(d => d.LocalAddressId == aliasId && d.AliasId != null)
            .Select(d => new { d.Alias!.DomainId, Alias = new DependentAlias(d.Alias.Id, d.Alias.LocalPart, d.Alias.Domain!.Name) })
                .ToListAsync(cancellationToken);
        var shown = await DestinationRows.ReadAsync(
            context, context.Destinations.Where(d => d.AliasId == aliasId).OrderBy(d => d.Id).Take(DestinationsShown), cancellationToken);
        var seen = dependents.Where(l => visible?.Contains(l.DomainId) != false).Select(l => l.Alias)
            .OrderBy(a => a.LocalPart.Value, StringComparer.Ordinal).ToList();
        return new(new(aliasId, alias.LocalPart, shown, alias.Count), seen, dependents.Count - seen.Count);
    }

    private static async Task<(List<Listed> Rows, int First, int Total)> PageAsync(
        IQueryable<MailAddress> aliases, ListRequest<AliasSort> list, CancellationToken cancellationToken)
    {
        var rows = await ReadAsync(list.First);
        if (rows.Count > 0 || list.First == 0) return (rows, list.First, rows.FirstOrDefault()?.Total ?? 0);
        // The page is beyond the end, because rows were deleted in the meantime.
        var total = await aliases.CountAsync(cancellationToken);
        var first = Paging.Clamp(list.First, list.Size, total);
        return (await ReadAsync(first), first, total);

        Task<List<Listed>> ReadAsync(int first)
        {
            var ordered = list.Sort == AliasSort.Destinations
                ? aliases.InOrder(a => a.Destinations.Count, list.Descending) : aliases.InOrder(a => a.LocalPart, list.Descending);
            return ordered.ThenBy(a => a.LocalPart).Skip(first).Take(list.Size)
                .Select(a => new Listed(a.Id, a.LocalPart, a.Destinations.Count, aliases.Count())).ToListAsync(cancellationToken);
        }
    }

    // Takes the first rows of each alias by counting the rows before each, up to the limit. EF Core would translate Take to APPLY, which
    // SQLite does not have.
    private static async Task<ILookup<long, DestinationRow>> FirstDestinationsAsync(
        MailContext context, List<long> aliasIds, CancellationToken cancellationToken)
    {
        var first = context.Destinations.Where(d => d.AliasId != null && aliasIds.Contains(d.AliasId.Value))
            .Where(d =>
                context.Destinations.Where(before => before.AliasId == d.AliasId && before.Id < d.Id).OrderBy(before => before.Id)
                    .Take(DestinationsShown).Count() < DestinationsShown);
        var rows = aliasIds.Count == 0 ? [] : await DestinationRows.ReadAsync(context, first, cancellationToken);
        return rows.ToLookup(r => r.AliasId);
    }

    private sealed record Listed(long Id, LocalPart LocalPart, int Count, int Total);
}
