using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Routing;

/// <summary>How far the maps of the database are.</summary>
/// <param name="DatabaseId">Tells one database from another.</param>
/// <param name="Last">The last committed change.</param>
public sealed record MapHead(string DatabaseId, long Last);

/// <param name="Error">postmap's own words when the last attempt failed.</param>
public sealed record LateHost(string Host, string? Error);

/// <summary>Takes a row of a map, in UTF-8; the octets are gone afterwards.</summary>
public delegate void MapRowHandler(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value);

/// <summary>What a follower reads, and where it says how far it came.</summary>
public sealed class MapRepository(MailDatabase database)
{
    public async Task<MapHead> HeadAsync(CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        return await context.ChangeCounters.Select(c => new MapHead(c.DatabaseId, c.Last)).SingleAsync(cancellationToken);
    }

    /// <summary>Rows written after a change, in the order of the changes; at most <paramref name="limit"/>.</summary>
    public async Task<IReadOnlyList<MapEntry>> ListAfterAsync(
        long position, PostfixMap? map, int limit, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        var rows = context.MapEntries.Where(e => e.Sequence > position);
        if (map is { } one) rows = rows.Where(e => e.Map == one);
        return await rows.OrderBy(e => e.Sequence).ThenBy(e => e.Map).ThenBy(e => e.Key).Take(limit).ToListAsync(cancellationToken);
    }

    /// <summary>The rows of these keys, in whatever map, as Postfix shall see them.</summary>
    public async Task<IReadOnlyList<MapEntry>> ListAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        var wanted = keys.ToList();
        return await context.MapEntries.Where(e => e.Value != null && wanted.Contains(e.Key)).ToListAsync(cancellationToken);
    }

    /// <summary>
    /// Every row of a map, in the order of the keys, which is also postmap's fastest: a million of them never stand in memory.
    /// </summary>
    public void Read(PostfixMap map, MapRowHandler take, CancellationToken cancellationToken)
    {
        using var context = database.Open();
        context.ReadMap(map, take, cancellationToken);
    }

    /// <summary>Whether a host follows at all, and postmap's own words where its last attempt failed.</summary>
    public async Task<(bool IsKnown, string? Error)> FollowerAsync(string host, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        var found = await context.MapFollowers.SingleOrDefaultAsync(f => f.Host == host, cancellationToken);
        return (found is not null, found?.LastError);
    }

    /// <summary>Hosts whose maps could not be written, or that have not said yet that they have all changes.</summary>
    public async Task<IReadOnlyList<LateHost>> LateAsync(CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        return await context.MapFollowers.Where(f => f.LastError != null || f.Position < context.ChangeCounters.Max(c => c.Last))
            .Select(f => new LateHost(f.Host, f.LastError)).ToListAsync(cancellationToken);
    }

    /// <summary>
    /// The last change that a host has said to have in all of its maps; 0 when it never said so. Keys that were removed up to it may be
    /// forgotten, so a map that is older knows of keys whose removal nobody can tell it any more.
    /// </summary>
    public async Task<long> HeldByAsync(string host, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        return await context.MapFollowers.Where(f => f.Host == host).Select(f => f.Position).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Says how far a host is, and forgets removed keys that every host has passed.</summary>
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
