using MailAdmin.Core.Drift;
using MailAdmin.Core.Routing;
using MailAdmin.Provisioning.Postfix;

namespace MailAdmin.Provisioning.Drift;

/// <summary>
/// Compares this host's compiled maps with the database's rows. Both are read in the order of their keys, so that a million rows are never
/// in memory at once. Differences are checked a second time, because the follower continues meanwhile.
/// </summary>
internal sealed class MapComparer(MapRepository repository, Postmap postmap, MapOptions options, TimeProvider time)
{
    // With more findings, a map should be rebuilt rather than examined.
    private const int MaxFindings = 10_000;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public string Host => options.Host;

    /// <exception cref="PostmapException">A map can't be read.</exception>
    public async Task CompareAsync(Func<IReadOnlyList<DriftFinding>, Task> report, CancellationToken cancellationToken)
    {
        foreach (var map in PostfixMaps.All)
        {
            var suspects = await Task.Run(() => Suspects(map, cancellationToken), cancellationToken);
            if (suspects.Count == 0) continue;
            // By then the follower has applied the rows that were committed before.
            await Task.Delay(Pause, time, cancellationToken);
            await report(await ConfirmAsync(map, suspects, cancellationToken));
        }
    }

    private List<string> Suspects(PostfixMap map, CancellationToken cancellationToken)
    {
        using var dump = new MapDump(postmap, map.FileName());
        var merge = new MapMerge(dump, MaxFindings);
        repository.Read(map, merge.Take, cancellationToken);
        merge.Finish();
        dump.Finish();
        return merge.Keys;
    }

    private async Task<List<DriftFinding>> ConfirmAsync(PostfixMap map, List<string> keys, CancellationToken cancellationToken)
    {
        var found = new List<DriftFinding>();
        foreach (var chunk in keys.Chunk(500))
        {
            var wanted = (await repository.ListAsync(chunk, cancellationToken)).Where(e => e.Map == map)
                .ToDictionary(e => e.Key, e => e.Value, StringComparer.Ordinal);
            var live = await postmap.QueryAsync(map.FileName(), chunk, cancellationToken);
            found.AddRange(
                chunk.Select(key => Finding(map, key, wanted.GetValueOrDefault(key), live.GetValueOrDefault(key))).OfType<DriftFinding>());
        }
        return found;
    }

    private DriftFinding? Finding(PostfixMap map, string key, string? wanted, string? live)
    {
        if (wanted == live) return null;
        var kind = live is null ? DriftKind.MapRowMissing : wanted is null ? DriftKind.MapRowExtra : DriftKind.MapRowDiffers;
        return new() { Kind = kind, Subject = key, Map = map, Host = options.Host, Wanted = wanted, Found = live };
    }
}
