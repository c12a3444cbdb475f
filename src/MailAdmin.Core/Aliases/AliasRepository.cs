using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Aliases;

/// <summary>A row of the alias list (manual, fig. 9 and 10).</summary>
public sealed record AliasRow(long Id, LocalPart LocalPart, IReadOnlyList<DestinationRow> Destinations, int DestinationCount);

/// <summary>A destination as people read it: a username, an address of ours, or another address.</summary>
/// <param name="Takes">False when mail is not taken there at present.</param>
public sealed record DestinationRow(long Id, long AliasId, Username? Username, LocalPart? LocalPart, DomainName? Domain, AddrSpec? External, bool Takes)
{
    public string Display => Username?.Value ?? External?.Display ?? $"{LocalPart}@{Domain!.Display}";
}

/// <summary>Reads aliases.</summary>
public sealed class AliasRepository(MailDatabase database)
{
    /// <summary>Destinations shown for each alias in the list; the rest is counted.</summary>
    public const int DestinationsShown = 5;

    public async Task<Page<AliasRow>> ListAsync(long domainId, int first, int size)
    {
        await using var context = database.Open();
        var aliases = context.Addresses.Where(a => a.DomainId == domainId && a.AccountId == null);
        var total = await aliases.CountAsync();
        first = Paging.Clamp(first, size, total);
        var rows = await aliases.OrderBy(a => a.LocalPart).Skip(first).Take(size).Select(a => new { a.Id, a.LocalPart, a.Destinations.Count }).ToListAsync();
        var shown = await FirstDestinationsAsync(context, [.. rows.Select(r => r.Id)]);
        return new([.. rows.Select(r => new AliasRow(r.Id, r.LocalPart, [.. shown[r.Id]], r.Count))], first, size, total);
    }

    /// <summary>An alias of this domain with all its destinations.</summary>
    public async Task<AliasRow?> FindAsync(long domainId, long aliasId)
    {
        await using var context = database.Open();
        var alias = await context.Addresses.SingleOrDefaultAsync(a => a.Id == aliasId && a.DomainId == domainId && a.AccountId == null);
        if (alias is null) return null;
        var destinations = await Destinations(context.AliasDestinations.Where(d => d.AliasId == aliasId)).ToListAsync();
        return new(alias.Id, alias.LocalPart, destinations, destinations.Count);
    }

    /// <summary>The destinations of one alias, page by page.</summary>
    public async Task<Page<DestinationRow>> ListDestinationsAsync(long aliasId, int first, int size)
    {
        await using var context = database.Open();
        var all = context.AliasDestinations.Where(d => d.AliasId == aliasId);
        var total = await all.CountAsync();
        first = Paging.Clamp(first, size, total);
        return new(await Destinations(all).Skip(first).Take(size).ToListAsync(), first, size, total);
    }

    // The first rows of each alias, by counting those before: SQLite has no APPLY, by which EF Core would take them.
    private static async Task<ILookup<long, DestinationRow>> FirstDestinationsAsync(MailContext context, List<long> aliasIds)
    {
        var first = context.AliasDestinations.Where(d => aliasIds.Contains(d.AliasId))
            .Where(d => context.AliasDestinations.Count(before => before.AliasId == d.AliasId && before.Id < d.Id) < DestinationsShown);
        var rows = await Destinations(first).ToListAsync();
        return rows.ToLookup(r => r.AliasId);
    }

    private static IQueryable<DestinationRow> Destinations(IQueryable<AliasDestination> all) => all.OrderBy(d => d.Id).Select(d => new DestinationRow(
        d.Id, d.AliasId, d.Account!.Username, d.LocalAddress!.LocalPart, d.LocalAddress.Domain!.Name, d.External,
        d.External != null || (d.Account != null && d.Account.State == AccountState.Active)
            || (d.LocalAddress != null && (d.LocalAddress.AccountId == null || d.LocalAddress.Account!.State == AccountState.Active))));
}
