using MailAdmin.Core.Aliases;
using MailAdmin.Core.Data;
using MailAdmin.Core.Redirects;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Routing;

/// <summary>
/// Keeps <see cref="MapEntry"/> equal to what follows from the model: for a scope it computes the rows, compares, and writes the difference.
/// Called for each transaction; over everything it is the rebuild and the drift check.
/// </summary>
internal static class MapProjection
{
    // Owners that are read at once: bounds memory on a large domain, and stays below what a database takes as parameters.
    private const int ChunkSize = 500;

    /// <returns>Whether any row changed.</returns>
    public static async Task<bool> RefreshAsync(MailWrite write, MapScope scope, CancellationToken token)
    {
        if (scope.IsEmpty) return false;
        var context = write.Context;
        var owners = await OwnersAsync(context, scope, token);
        await AdoptAsync(write, owners[MapOwner.Account], owners[MapOwner.Address], token);
        var changed = 0;
        foreach (var (owner, ids) in owners)
        {
            foreach (var chunk in ids.Order().Chunk(ChunkSize))
            {
                var rows = await RowsAsync(context, owner, chunk, token);
                changed += await MapEntryWriter.WriteDifferenceAsync(context, owner, chunk, rows, write.Change.Id, token);
            }
        }
        return changed > 0;
    }

    /// <summary>The rows of some owners of one kind, as they should be.</summary>
    public static async Task<IReadOnlyList<MapRow>> RowsAsync(MailContext context, MapOwner owner, IReadOnlyList<long> ids, CancellationToken token)
    {
        var reader = new MapFactsReader(context);
        switch (owner)
        {
            case MapOwner.Store:
                return [.. (await reader.StoresAsync(ids, token)).SelectMany(MapRows.Of)];
            case MapOwner.Domain:
                var domains = await reader.DomainsAsync(ids, token);
                var holders = await reader.AccountsAsync(domains.Select(d => d.CatchAllAccountId).OfType<long>(), token);
                return [.. domains.SelectMany(d => MapRows.Of(d, holders.SingleOrDefault(a => a.Id == d.CatchAllAccountId)))];
            case MapOwner.Account:
                return [.. (await reader.AccountsAsync(ids, token)).SelectMany(MapRows.Of)];
            default:
                return [.. (await reader.AddressesAsync(ids, token)).SelectMany(MapRows.Of)];
        }
    }

    private static async Task AdoptAsync(MailWrite write, HashSet<long> accounts, HashSet<long> addresses, CancellationToken token)
    {
        var adopting = await Adoption.AdoptAsync(write, addresses, token);
        if (adopting.Count == 0) return;
        addresses.UnionWith(adopting.OfType<AliasDestination>().Select(d => d.AliasId));
        accounts.UnionWith(adopting.OfType<RedirectDestination>().Select(d => d.RedirectId));
        await AddressClosure.AddAsync(write.Context, accounts, addresses, token);
    }

    // Who has an outside destination under a name that came, went or changes what it does.
    private static async Task AddOutsideAsync(MailContext context, MapScope scope, List<long> whole, HashSet<long> accounts, HashSet<long> addresses, CancellationToken token)
    {
        var names = scope.Names.ToHashSet();
        if (whole.Count > 0) names.UnionWith(await context.Domains.Where(d => whole.Contains(d.Id)).Select(d => d.Name)
            .Concat(context.DomainAliases.Where(n => whole.Contains(n.DomainId)).Select(n => n.Name)).ToListAsync(token));
        foreach (var chunk in names.Chunk(ChunkSize))
        {
            addresses.UnionWith(await context.AliasDestinations.Where(d => chunk.Contains(d.ExternalDomain!)).Select(d => d.AliasId).ToListAsync(token));
            accounts.UnionWith(await context.RedirectDestinations.Where(d => chunk.Contains(d.ExternalDomain!)).Select(d => d.RedirectId).ToListAsync(token));
        }
    }

    private static async Task<Dictionary<MapOwner, HashSet<long>>> OwnersAsync(MailContext context, MapScope scope, CancellationToken token)
    {
        var whole = scope.WholeDomains.ToList();
        var accounts = scope.Accounts.ToHashSet();
        var addresses = scope.Addresses.ToHashSet();
        accounts.UnionWith(await context.Accounts.Where(a => whole.Contains(a.DomainId)).Select(a => a.Id).ToListAsync(token));
        addresses.UnionWith(await context.Addresses.Where(a => whole.Contains(a.DomainId)).Select(a => a.Id).ToListAsync(token));
        await AddOutsideAsync(context, scope, whole, accounts, addresses, token);
        await AddressClosure.AddAsync(context, accounts, addresses, token);
        var domains = scope.Domains.Concat(whole).ToHashSet();
        foreach (var chunk in accounts.Chunk(ChunkSize))
            domains.UnionWith(await context.Domains.Where(d => d.CatchAllAccountId != null && chunk.Contains(d.CatchAllAccountId.Value)).Select(d => d.Id).ToListAsync(token));
        return new()
        {
            [MapOwner.Store] = [.. scope.Stores],
            [MapOwner.Account] = accounts,
            [MapOwner.Address] = addresses,
            [MapOwner.Domain] = domains,
        };
    }
}
