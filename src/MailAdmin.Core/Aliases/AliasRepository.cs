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
public sealed record DestinationRow(long Id, Username? Username, LocalPart? LocalPart, DomainName? Domain, AddrSpec? External, bool Takes)
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
        var rows = await Rows(aliases.OrderBy(a => a.LocalPart).Skip(first).Take(size)).ToListAsync();
        return new(rows, first, size, total);
    }

    /// <summary>An alias of this domain with all its destinations.</summary>
    public async Task<AliasRow?> FindAsync(long domainId, long aliasId)
    {
        await using var context = database.Open();
        var alias = await context.Addresses.SingleOrDefaultAsync(a => a.Id == aliasId && a.DomainId == domainId && a.AccountId == null);
        if (alias is null) return null;
        // A second query: SQLite can't join the first rows of each alias to one alias (APPLY).
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

    private static IQueryable<AliasRow> Rows(IQueryable<MailAddress> aliases) => aliases.Select(a => new AliasRow(
        a.Id, a.LocalPart,
        a.Destinations.OrderBy(d => d.Id).Take(DestinationsShown).Select(d => new DestinationRow(
            d.Id, d.Account!.Username, d.LocalAddress!.LocalPart, d.LocalAddress.Domain!.Name, d.External,
            d.External != null || (d.Account != null && d.Account.State == AccountState.Active)
                || (d.LocalAddress != null && (d.LocalAddress.AccountId == null || d.LocalAddress.Account!.State == AccountState.Active)))).ToList(),
        a.Destinations.Count));

    private static IQueryable<DestinationRow> Destinations(IQueryable<AliasDestination> all) => all.OrderBy(d => d.Id).Select(d => new DestinationRow(
        d.Id, d.Account!.Username, d.LocalAddress!.LocalPart, d.LocalAddress.Domain!.Name, d.External,
        d.External != null || (d.Account != null && d.Account.State == AccountState.Active)
            || (d.LocalAddress != null && (d.LocalAddress.AccountId == null || d.LocalAddress.Account!.State == AccountState.Active))));
}
