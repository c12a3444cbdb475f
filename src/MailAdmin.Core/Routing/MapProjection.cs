using MailAdmin.Core.Data;

namespace MailAdmin.Core.Routing;

/// <summary>
/// The map rows that follow from the model: computed for each transaction about whom it affects, for the rebuild and the drift check about
/// everybody. It only reads; <see cref="MapPublicationStep"/> keeps <see cref="MapEntry"/> equal to it.
/// </summary>
internal static class MapProjection
{
    /// <summary>
    /// Counts how often the rules for the rows of a domain's own have changed: at its next start the panel then goes through all domains
    /// once, instead of each getting its new rows with its next change. 1: postmaster@ and abuse@, and what no catch-all receives
    /// (docs/decisions/0021). 2: the rows of accounts that may not send (docs/decisions/0026).
    /// 3: what senders to unknown recipients hear while the catch-all's holder takes no mail for now (0028).
    /// </summary>
    public const int Rules = 3;

    /// <summary>The rows of some owners of one kind, as they should be.</summary>
    public static Task<IReadOnlyList<MapRow>> RowsAsync(
        MailContext context, MapOwner owner, IReadOnlyList<long> ids, CancellationToken token) =>
        RowsAsync(new MapFactsReader(context), owner, ids, token);

    /// <inheritdoc cref="RowsAsync(MailContext, MapOwner, IReadOnlyList{long}, CancellationToken)"/>
    /// <param name="reader">What it has read already is not asked for again.</param>
    /// <param name="owner">The kind.</param>
    /// <param name="ids">Of that kind; one that is gone has no rows.</param>
    /// <param name="token">Stops.</param>
    public static async Task<IReadOnlyList<MapRow>> RowsAsync(
        MapFactsReader reader, MapOwner owner, IReadOnlyList<long> ids, CancellationToken token)
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
}
