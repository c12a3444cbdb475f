using MailAdmin.Core.Data;
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
    public static async Task<bool> RefreshAsync(MailContext context, MapScope scope, long sequence, CancellationToken token)
    {
        if (scope.IsEmpty) return false;
        var owners = await OwnersAsync(context, scope, token);
        var changed = 0;
        // What an account's rows follow from, its addresses' rows follow from too.
        var reader = new MapFactsReader(context);
        foreach (var (owner, ids) in owners)
        {
            foreach (var chunk in ids.Order().Chunk(ChunkSize))
            {
                var rows = await RowsAsync(reader, owner, chunk, token);
                changed += await MapEntryWriter.WriteDifferenceAsync(context, owner, chunk, rows, sequence, token);
                if (chunk.Length == ChunkSize) reader = new MapFactsReader(context);
            }
        }
        return changed > 0;
    }

    /// <summary>The rows of some owners of one kind, as they should be.</summary>
    public static Task<IReadOnlyList<MapRow>> RowsAsync(MailContext context, MapOwner owner, IReadOnlyList<long> ids, CancellationToken token) =>
        RowsAsync(new MapFactsReader(context), owner, ids, token);

    private static async Task<IReadOnlyList<MapRow>> RowsAsync(MapFactsReader reader, MapOwner owner, IReadOnlyList<long> ids, CancellationToken token)
    {
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

    private static async Task<Dictionary<MapOwner, HashSet<long>>> OwnersAsync(MailContext context, MapScope scope, CancellationToken token)
    {
        var whole = scope.WholeDomains.ToList();
        var accounts = scope.Accounts.ToHashSet();
        var addresses = scope.Addresses.ToHashSet();
        if (whole.Count > 0)
        {
            accounts.UnionWith(await context.Accounts.Where(a => whole.Contains(a.DomainId)).Select(a => a.Id).ToListAsync(token));
            addresses.UnionWith(await context.Addresses.Where(a => whole.Contains(a.DomainId)).Select(a => a.Id).ToListAsync(token));
        }
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
