using MailAdmin.Core.Data;

namespace MailAdmin.Core.Routing;

/// <summary>
/// The map rows that follow from the model. They are computed in each transaction for the owners that it affects, and for all owners by the
/// rebuild and the drift check. This class only reads; <see cref="MapPublicationStep"/> keeps <see cref="MapEntry"/> equal to it.
/// </summary>
internal static class MapProjection
{
    /// <summary>
    /// The version of the rules for the rows of domains. When it has changed, the panel updates all domains once at its next start;
    /// otherwise each domain would get its new rows with its next change.
    /// 1: postmaster@ and abuse@, and the addresses that no catch-all receives (docs/decisions/0021). 2: the rows of accounts that may not
    /// send (docs/decisions/0026).
    /// 3: what senders to unknown recipients hear while the catch-all's holder takes no mail for now (0028).
    /// </summary>
    public const int Rules = 3;

    /// <summary>The expected rows of some owners of one kind.</summary>
    public static Task<IReadOnlyList<MapRow>> RowsAsync(
        MailContext context, MapOwner owner, IReadOnlyList<long> ids, CancellationToken cancellationToken) =>
        RowsAsync(new MapFactsReader(context), owner, ids, cancellationToken);

    /// <inheritdoc cref="RowsAsync(MailContext, MapOwner, IReadOnlyList{long}, CancellationToken)"/>
    /// <param name="reader">Reads the facts. What it has read already is not queried again.</param>
    /// <param name="owner">The kind of the owners.</param>
    /// <param name="ids">Ids of that kind; an id that no longer exists has no rows.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public static async Task<IReadOnlyList<MapRow>> RowsAsync(
        MapFactsReader reader, MapOwner owner, IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        switch (owner)
        {
            case MapOwner.Store:
                return [.. (await reader.StoresAsync(ids, cancellationToken)).SelectMany(MapRows.Of)];
            case MapOwner.Domain:
                var domains = await reader.DomainsAsync(ids, cancellationToken);
                var holders = await reader.AccountsAsync(domains.Select(d => d.CatchAllAccountId).OfType<long>(), cancellationToken);
                var roles = await reader.RolesAsync(domains.Select(d => d.Id), cancellationToken);
                return [.. domains.SelectMany(d => MapRows.Of(d, holders.SingleOrDefault(a => a.Id == d.CatchAllAccountId), roles[d.Id]))];
            case MapOwner.Account:
                return [.. (await reader.AccountsAsync(ids, cancellationToken)).SelectMany(MapRows.Of)];
            default:
                return [.. (await reader.AddressesAsync(ids, cancellationToken)).SelectMany(MapRows.Of)];
        }
    }
}
