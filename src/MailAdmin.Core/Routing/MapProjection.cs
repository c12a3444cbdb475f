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

    /// <summary>
    /// Counts how often the rules for the rows of a domain's own have changed: at its next start the panel then goes through all domains once, instead
    /// of each getting its new rows with its next change. 1: postmaster@ and abuse@, and what no catch-all receives (docs/decisions/0021).
    /// 2: the rows of accounts that may not send (docs/decisions/0026).
    /// 3: what senders to unknown recipients hear while the catch-all's holder takes no mail for now (0028).
    /// </summary>
    public const int Rules = 3;

    private static readonly Func<MailContext, long[], IAsyncEnumerable<long>> CaughtBy = EF.CompileAsyncQuery((MailContext context, long[] accountIds) =>
        context.Domains.Where(d => d.CatchAllAccountId != null && accountIds.Contains(d.CatchAllAccountId.Value)).Select(d => d.Id));

    /// <returns>Whether any row changed.</returns>
    public static async Task<bool> RefreshAsync(MailWrite write, MapChangeSet scope, CancellationToken token)
    {
        if (scope.IsEmpty) return false;
        var context = write.Context;
        var owners = await OwnersAsync(context, scope, token);
        await LocalizeAsync(write, owners, token);
        var changed = 0;
        // What an account's rows follow from, its addresses' rows follow from too.
        var reader = new MapFactsReader(context);
        foreach (var (owner, ids) in owners)
        {
            foreach (var chunk in ids.Order().Chunk(ChunkSize))
            {
                var rows = await RowsAsync(reader, owner, chunk, token);
                changed += await MapEntryWriter.WriteDifferenceAsync(write, owner, chunk, rows, token);
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
                var roles = await reader.RolesAsync(domains.Select(d => d.Id), token);
                return [.. domains.SelectMany(d => MapRows.Of(d, holders.SingleOrDefault(a => a.Id == d.CatchAllAccountId), roles[d.Id]))];
            case MapOwner.Account:
                return [.. (await reader.AccountsAsync(ids, token)).SelectMany(MapRows.Of)];
            default:
                return [.. (await reader.AddressesAsync(ids, token)).SelectMany(MapRows.Of)];
        }
    }

    private static async Task LocalizeAsync(MailWrite write, Dictionary<MapOwner, HashSet<long>> owners, CancellationToken token)
    {
        var (accounts, addresses) = (owners[MapOwner.Account], owners[MapOwner.Address]);
        var adopted = await DestinationLocalizer.LocalizeAsync(write, addresses, token);
        if (adopted.Count == 0) return;
        addresses.UnionWith(adopted.OfType<AliasDestination>().Select(d => d.AliasId));
        accounts.UnionWith(adopted.OfType<RedirectDestination>().Select(d => d.RedirectId));
        await AddressClosure.AddAsync(write.Context, accounts, addresses, token);
        owners[MapOwner.Domain].UnionWith(await CaughtByAsync(write.Context, accounts, token));
    }

    private static async Task<HashSet<long>> CaughtByAsync(MailContext context, HashSet<long> accounts, CancellationToken token)
    {
        var domains = new HashSet<long>();
        foreach (var chunk in accounts.Chunk(ChunkSize)) domains.UnionWith(await CaughtBy(context, chunk).ToListAsync(token));
        return domains;
    }

    // Aliases and redirects whose outside destinations are under a name that came, went or changes what it does.
    private static async Task AddOutsideAsync(
        MailContext context, MapChangeSet scope, List<long> whole, HashSet<long> accounts, HashSet<long> addresses, CancellationToken token)
    {
        var names = scope.Names.ToHashSet();
        whole = [.. whole.Union(scope.Caught)];
        if (whole.Count > 0) names.UnionWith(await context.Domains.Where(d => whole.Contains(d.Id)).Select(d => d.Name)
            .Concat(context.DomainAliases.Where(n => whole.Contains(n.DomainId)).Select(n => n.Name)).ToListAsync(token));
        if (names.Count == 0) return;
        var listed = names.ToList();
        addresses.UnionWith(await context.AliasDestinations.Where(d => listed.Contains(d.ExternalDomain!)).Select(d => d.AliasId).Distinct().ToListAsync(token));
        accounts.UnionWith(await context.RedirectDestinations.Where(d => listed.Contains(d.ExternalDomain!)).Select(d => d.RedirectId).Distinct().ToListAsync(token));
    }

    private static async Task<Dictionary<MapOwner, HashSet<long>>> OwnersAsync(MailContext context, MapChangeSet scope, CancellationToken token)
    {
        var whole = scope.WholeDomains.ToList();
        var accounts = scope.Accounts.ToHashSet();
        var addresses = scope.Addresses.ToHashSet();
        if (whole.Count > 0)
        {
            accounts.UnionWith(await context.Accounts.Where(a => whole.Contains(a.DomainId)).Select(a => a.Id).ToListAsync(token));
            addresses.UnionWith(await context.Addresses.Where(a => whole.Contains(a.DomainId)).Select(a => a.Id).ToListAsync(token));
        }
        await AddOutsideAsync(context, scope, whole, accounts, addresses, token);
        await AddressClosure.AddAsync(context, accounts, addresses, token);
        var domains = scope.Domains.Concat(whole).ToHashSet();
        if (scope.MovesRoles || await RoleAddress.IsMovedAsync(context, scope, addresses, token)) domains.UnionWith(await context.Domains.Select(d => d.Id).ToListAsync(token));
        domains.UnionWith(await CaughtByAsync(context, accounts, token));
        return new()
        {
            [MapOwner.Store] = [.. scope.Stores],
            [MapOwner.Account] = accounts,
            [MapOwner.Address] = addresses,
            [MapOwner.Domain] = domains,
        };
    }
}
