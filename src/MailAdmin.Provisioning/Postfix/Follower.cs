using MailAdmin.Core.Routing;

namespace MailAdmin.Provisioning.Postfix;

/// <summary>
/// Makes this host's maps equal to the database's. It knows its position only from the maps themselves, and doing a batch twice is the same as once.
/// </summary>
internal sealed class Follower(MapRepository repository, Postmap postmap, Sentinel sentinel, MapOptions options)
{
    // New rows appear in this order and old ones go in the reverse: an address is refused before it is routed anew, and routed before its domain is ours.
    private static readonly PostfixMap[] Order =
        [PostfixMap.Refused, PostfixMap.Transport, PostfixMap.Virtual, PostfixMap.Senders, PostfixMap.RelayDomains, PostfixMap.Domains];

    private readonly MapFile[] _files = [.. Order.Select(m => new MapFile(m, postmap))];

    // Maps whose own position row is older than what they hold: it costs an fsync, so it waits until there is nothing else to do.
    private readonly HashSet<PostfixMap> _behind = [];

    private MapPosition? _position;

    /// <summary>Position of all maps, or null before the first round and after a failure.</summary>
    public long? Position => _position?.Sequence;

    /// <summary>Applies what came since the last round.</summary>
    /// <returns>Whether anything was applied.</returns>
    /// <exception cref="PostmapException">A map could not be written; the next round looks at the maps again.</exception>
    public async Task<bool> CatchUpAsync(CancellationToken cancellationToken)
    {
        try
        {
            var head = await repository.HeadAsync(cancellationToken);
            if (_position is null || !_position.IsOf(head)) return await SynchronizeAsync(head, cancellationToken);
            if (_position.Sequence == head.Last) return false;
            var rows = await repository.ListAfterAsync(_position.Sequence, null, options.RebuildAbove + 1, cancellationToken);
            if (rows.Count > options.RebuildAbove) return await SynchronizeAsync(head, cancellationToken);
            // Rows of a change that committed after the head was read may be among them; they are then applied once more.
            await ApplyAsync(rows, head, cancellationToken);
            return rows.Count > 0;
        }
        catch
        {
            _position = null;
            throw;
        }
    }

    /// <summary>Writes the positions that were left behind, so that a restart has nothing to repeat.</summary>
    /// <returns>The position that all maps hold for certain.</returns>
    public async Task<long?> SettleAsync(CancellationToken cancellationToken)
    {
        if (_position is null) return null;
        foreach (var file in _files.Where(f => _behind.Contains(f.Map))) await file.WritePositionAsync(_position, cancellationToken);
        _behind.Clear();
        return _position.Sequence;
    }

    // Each map for itself: one may be missing, restored from a backup, or far behind.
    private async Task<bool> SynchronizeAsync(MapHead head, CancellationToken cancellationToken)
    {
        var late = new List<MapEntry>();
        var rebuilt = false;
        foreach (var file in _files)
        {
            var position = await ReadPositionAsync(file, cancellationToken);
            var rows = position?.IsOf(head) == true
                ? await repository.ListAfterAsync(position.Sequence, file.Map, options.RebuildAbove + 1, cancellationToken)
                : null;
            if (rows is null || rows.Count > options.RebuildAbove)
            {
                await file.RebuildAsync(repository.StreamAsync(file.Map, cancellationToken), new(head.DatabaseId, head.Last), cancellationToken);
                rebuilt = true;
            }
            else
            {
                late.AddRange(rows);
            }
        }
        await ApplyAsync(late, head, cancellationToken);
        if (rebuilt) sentinel.Touch();
        return rebuilt || late.Count > 0;
    }

    private async Task ApplyAsync(IReadOnlyList<MapEntry> rows, MapHead head, CancellationToken cancellationToken)
    {
        var position = new MapPosition(head.DatabaseId, head.Last);
        var byMap = rows.ToLookup(r => r.Map);
        foreach (var file in _files)
        {
            var present = byMap[file.Map].Where(r => r.Value is not null).ToList();
            if (present.Count == 0) continue;
            var deletesFollow = byMap[file.Map].Any(r => r.Value is null);
            await file.UpsertAsync(present, deletesFollow ? null : position, cancellationToken);
            _behind.Remove(file.Map);
        }
        foreach (var file in _files.Reverse())
        {
            var absent = byMap[file.Map].Where(r => r.Value is null).ToList();
            if (absent.Count == 0) continue;
            await file.DeleteAsync(absent, cancellationToken);
            _behind.Add(file.Map);
        }
        _position = position;
        if (rows.Any(ChangesDomains)) sentinel.Touch();
        foreach (var file in _files.Where(f => byMap.Contains(f.Map))) await file.VerifyAsync([.. byMap[file.Map]], cancellationToken);
    }

    private static async Task<MapPosition?> ReadPositionAsync(MapFile file, CancellationToken cancellationToken)
    {
        try
        {
            return await file.ReadPositionAsync(cancellationToken);
        }
        catch (PostmapException)
        {
            // A map that can't be read is made anew; what is really wrong shows there.
            return null;
        }
    }

    private static bool ChangesDomains(MapEntry row) =>
        row.Map is PostfixMap.Domains or PostfixMap.RelayDomains || (row.Map == PostfixMap.Refused && !row.Key.Contains('@', StringComparison.Ordinal));
}
