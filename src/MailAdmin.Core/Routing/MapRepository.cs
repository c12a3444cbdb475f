using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Routing;

/// <summary>The state of the maps in the database.</summary>
/// <param name="DatabaseId">Identifies the database.</param>
/// <param name="Last">The last committed change.</param>
public sealed record MapHead(string DatabaseId, long Last);

/// <param name="Error">postmap's own message if the last attempt failed.</param>
public sealed record LateHost(string Host, string? Error);

/// <param name="Changes">Changes since the last one that is known to be in all of the host's maps.</param>
/// <param name="Since">When the oldest change was made whose rows are missing; null if none is missing.</param>
public sealed record MapLag(string Host, long Changes, DateTimeOffset? Since);

/// <summary>Receives a row of a map, in UTF-8; the spans are valid only during the call.</summary>
public delegate void MapRowHandler(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value);

/// <summary>The map entries that a follower reads, and the position that it reports.</summary>
public sealed class MapRepository(MailDatabase database, IDatabaseProvider provider)
{
    public async Task<MapHead> HeadAsync(CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        return await context.ChangeCounters.Select(c => new MapHead(c.DatabaseId, c.Last)).SingleAsync(cancellationToken);
    }

    /// <summary>Rows written after a change, in the order of the changes; <paramref name="limit"/> rows at most.</summary>
    public async Task<IReadOnlyList<MapEntry>> ListAfterAsync(
        long position, PostfixMap? map, int limit, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        var rows = context.MapEntries.Where(e => e.Sequence > position);
        if (map is { } one) rows = rows.Where(e => e.Map == one);
        return await rows.OrderBy(e => e.Sequence).ThenBy(e => e.Map).ThenBy(e => e.Key).Take(limit).ToListAsync(cancellationToken);
    }

    /// <summary>The rows of these keys in all maps, as Postfix is to see them.</summary>
    public async Task<IReadOnlyList<MapEntry>> ListAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        var wanted = keys.ToList();
        return await context.MapEntries.Where(e => e.Value != null && wanted.Contains(e.Key)).ToListAsync(cancellationToken);
    }

    /// <summary>
    /// Reads every row of a map in the order of the keys, which is also the fastest order for postmap. Rows are streamed, so that a million
    /// of them are never in memory together.
    /// </summary>
    public void Read(PostfixMap map, MapRowHandler take, CancellationToken cancellationToken)
    {
        using var context = database.Open();
        provider.ReadMap(context, map, take, cancellationToken);
    }

    /// <summary>Whether the host is a known follower, and postmap's own message if its last attempt failed.</summary>
    public async Task<(bool IsKnown, string? Error)> FollowerAsync(string host, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        var found = await context.MapFollowers.SingleOrDefaultAsync(f => f.Host == host, cancellationToken);
        return (found is not null, found?.LastError);
    }

    /// <summary>
    /// Hosts whose maps could not be written, or that have not reported yet that they have all rows. A change without rows makes no host
    /// late: it leaves nothing to write, so that no report follows it.
    /// </summary>
    public async Task<IReadOnlyList<LateHost>> LateAsync(CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        return await context.MapFollowers.Where(f => f.LastError != null || context.MapEntries.Any(e => e.Sequence > f.Position))
            .Select(f => new LateHost(f.Host, f.LastError)).ToListAsync(cancellationToken);
    }

    /// <summary>How far the maps of each mail host are behind, as the hosts have reported.</summary>
    public async Task<IReadOnlyList<MapLag>> LagAsync(CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        var last = await context.ChangeCounters.Select(c => c.Last).SingleAsync(cancellationToken);
        var lags = new List<MapLag>();
        foreach (var follower in await context.MapFollowers.OrderBy(f => f.Host).ToListAsync(cancellationToken))
        {
            var missing = context.MapEntries.Where(e => e.Sequence > follower.Position);
            var since = await context.Changes.Where(c => c.Id == missing.Min(e => e.Sequence)).Select(c => (DateTimeOffset?)c.At)
                .SingleOrDefaultAsync(cancellationToken);
            lags.Add(new(follower.Host, since is null ? 0 : last - follower.Position, since));
        }
        return lags;
    }

    /// <summary>
    /// The last change that a host has reported to have in all of its maps; 0 if it never reported. Keys that were removed up to this
    /// change may have been deleted from the table, so an older map has keys whose removal it can no longer learn.
    /// </summary>
    public async Task<long> HeldByAsync(string host, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        return await context.MapFollowers.Where(f => f.Host == host).Select(f => f.Position).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Saves a host's position, and deletes removed keys that every host has passed.</summary>
    public Task SavePositionAsync(string host, long? position, string? error, CancellationToken cancellationToken) =>
        database.ExecuteWithoutAuditAsync(async context =>
        {
            var follower = await context.MapFollowers.SingleOrDefaultAsync(f => f.Host == host, cancellationToken);
            if (follower is null) context.MapFollowers.Add(follower = new MapFollower { Host = host });
            (follower.Position, follower.SeenAt, follower.LastError) = (position ?? follower.Position, database.Now, error);
            await context.SaveChangesAsync(cancellationToken);
            var slowest = await context.MapFollowers.MinAsync(f => f.Position, cancellationToken);
            return await context.MapEntries.Where(e => e.Value == null && e.Sequence <= slowest).ExecuteDeleteAsync(cancellationToken);
        }, cancellationToken);
}
