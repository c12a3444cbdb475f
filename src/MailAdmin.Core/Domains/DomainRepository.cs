using MailAdmin.Core.Accounts;
using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Domains;

/// <summary>A row of the welcome page (manual, fig. 1).</summary>
public sealed record DomainRow(
    long Id, DomainName Name, Prefix Prefix, int AccountCount, int? MaxAccounts, Quota? DefaultQuota, int AliasCount, DomainState State,
    DomainRouting Routing)
{
    /// <summary>Number of mailboxes that are full and take no mail.</summary>
    public int FullCount { get; init; }
}

/// <summary>The columns of the welcome page.</summary>
public enum DomainSort
{
    Name,
    Prefix,
    Accounts,

    /// <summary>By quota per account; no limit counts as the largest.</summary>
    Quota,
    Aliases,

    /// <summary>By active, relayed, suspended.</summary>
    State,
}

/// <param name="Domain">The domain with its other names.</param>
/// <param name="AliasCount">Number of its aliases.</param>
/// <param name="FullCount">Number of mailboxes that are full and take no mail.</param>
public sealed record FoundDomain(MailDomain Domain, int AliasCount, int FullCount);

/// <summary>Reads domains. The ids passed in say which are visible; null means all.</summary>
public sealed class DomainRepository(MailDatabase database)
{
    // Every page of a domain runs this query, so it is compiled once. Two index lookups are used, because with OR it would scan all
    // domains.
    private static readonly Func<MailContext, DomainName, Task<NamedDomain?>> ByName = CompiledQuery.Create(
        (MailContext context, DomainName name) =>
        context.Domains.AsNoTracking()
            .Where(d =>
                context.Domains.Where(x => x.Name == name).Select(x => x.Id)
                    .Concat(context.DomainAliases.Where(a => a.Name == name).Select(a => a.DomainId)).Contains(d.Id))
            .Select(d =>
                new NamedDomain
                {
                    Domain = d,
                    Names = d.Aliases.ToList(),
                    AliasCount = context.Addresses.Count(a => a.DomainId == d.Id && a.AccountId == null),
                    FullCount = context.Accounts.Count(a => a.DomainId == d.Id && a.IsFull && a.State != AccountState.Deleted)
                })
            .SingleOrDefault());

    /// <summary>The search looks in names and other names (as U-labels and as A-labels) and in prefixes.</summary>
    public async Task<Page<DomainRow>> ListAsync(
        IReadOnlySet<long>? visible, ListRequest<DomainSort> list, CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        var domains = context.Domains.AsQueryable();
        if (visible is not null)
        {
            var ids = visible.ToList();
            domains = domains.Where(d => ids.Contains(d.Id));
        }
        if (list.Search is { } text) domains = await DomainSearch.MatchAsync(context, domains, text);
        var total = await domains.CountAsync(cancellationToken);
        var first = Paging.Clamp(list.First, list.Size, total);
        var rows = await Ordered(context, domains, list).ThenInOrder(d => d.Id, list.Descending).Skip(first).Take(list.Size)
            .Select(d => new DomainRow(
                d.Id, d.Name, d.Prefix, d.AccountCount, d.MaxAccounts, d.DefaultQuota,
                context.Addresses.Count(a => a.DomainId == d.Id && a.AccountId == null), d.State, d.Routing)
            {
                FullCount = context.Accounts.Count(a => a.DomainId == d.Id && a.IsFull && a.State != AccountState.Deleted),
            })
            .ToListAsync(cancellationToken);
        return new(rows, first, list.Size, total);
    }

    /// <summary>All domains by their names, without their other names.</summary>
    public async Task<List<MailDomain>> AllAsync(CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        return await context.Domains.OrderBy(d => d.SortName).ThenBy(d => d.Id).ToListAsync(cancellationToken);
    }

    /// <summary>Finds a domain by its own name or one of its other names, in one command.</summary>
    public async Task<FoundDomain?> FindAsync(DomainName name)
    {
        await using var context = database.Open();
        var found = await ByName(context, name);
        if (found is null) return null;
        found.Domain.Aliases = found.Names;
        return new(found.Domain, found.AliasCount, found.FullCount);
    }

    public async Task<DomainUsage> UsageAsync(long id, CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        var accounts = context.Accounts.Where(a => a.DomainId == id && a.State != AccountState.Deleted);
        return await context.Domains.Where(d => d.Id == id).Select(d => new DomainUsage(
            d.AccountCount, d.AllocatedKiB, accounts.Count(a => a.Quota == null),
            accounts.Count(a => d.MaxQuota != null && (a.Quota == null || a.Quota > d.MaxQuota)),
            context.Destinations.Count(x => x.External != null && x.Alias!.DomainId == id))).SingleAsync(cancellationToken);
    }

    private static IOrderedQueryable<MailDomain> Ordered(
        MailContext context, IQueryable<MailDomain> domains, ListRequest<DomainSort> list) => list.Sort switch
        {
            DomainSort.Prefix => domains.InOrder(d => d.Prefix, list.Descending),
            DomainSort.Accounts => domains.InOrder(d => d.AccountCount, list.Descending),
            DomainSort.Quota =>
                domains.InOrder(d => d.DefaultQuota == null, list.Descending).ThenInOrder(d => d.DefaultQuota, list.Descending),
            DomainSort.Aliases =>
                domains.InOrder(d => context.Addresses.Count(a => a.DomainId == d.Id && a.AccountId == null), list.Descending),
            DomainSort.State => domains.InOrder(d => d.State, list.Descending).ThenInOrder(d => d.Routing, list.Descending),
            _ => domains.InOrder(d => d.SortName, list.Descending),
        };

    private sealed class NamedDomain
    {
        public required MailDomain Domain { get; init; }

        public required List<DomainAlias> Names { get; init; }

        public int AliasCount { get; init; }

        public int FullCount { get; init; }
    }
}
