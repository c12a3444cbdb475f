using MailAdmin.Core.Data;
using MailAdmin.Core.Routing;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Previews;

/// <summary>Finds the domain of each changed row, so that admins see only the rows of their own domains.</summary>
internal static class MapChangeDomains
{
    private const int ChunkSize = 500;

    /// <param name="context">The state before the change: afterwards an owner may be deleted.</param>
    public static async Task<Effects> WithDomainsAsync(this Effects effects, MailContext context, CancellationToken cancellationToken)
    {
        var accounts = new Dictionary<long, long>();
        var addresses = new Dictionary<long, long>();
        foreach (var ids in OwnersOf(effects, MapOwner.Account))
            await foreach (var a in MapFactsQueries.Accounts(context, ids).WithCancellation(cancellationToken)) accounts[a.Id] = a.DomainId;
        foreach (var ids in OwnersOf(effects, MapOwner.Address))
            await foreach (var a in MapFactsQueries.Addresses(context, ids).WithCancellation(cancellationToken))
                addresses[a.Id] = a.DomainId;
        long? DomainOf(MapChange map) => map.Owner switch
        {
            MapOwner.Domain => map.OwnerId,
            MapOwner.Account when accounts.TryGetValue(map.OwnerId, out var id) => id,
            MapOwner.Address when addresses.TryGetValue(map.OwnerId, out var id) => id,
            _ => null,
        };
        return new([.. effects.Maps.Select(m => m with { DomainId = DomainOf(m) })], []) { Stamp = effects.Stamp };
    }

    private static IEnumerable<long[]> OwnersOf(Effects effects, MapOwner owner) =>
        effects.Maps.Where(m => m.Owner == owner).Select(m => m.OwnerId).Distinct().Chunk(ChunkSize);
}
