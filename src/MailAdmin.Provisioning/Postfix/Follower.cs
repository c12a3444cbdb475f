using MailAdmin.Core.Routing;

namespace MailAdmin.Provisioning.Postfix;

/// <summary>
/// Makes this host's maps equal to the database's. It knows its position only from the maps themselves, and doing a batch twice is the same
/// as once.
/// </summary>
internal sealed class Follower(MapRepository repository, Postmap postmap, SmtpdReloadTrigger sentinel, MapOptions options)
{
    // Rows that were written but not yet read back, at most about so many.
    private const int MaxUnread = 2_000;

    // New rows appear in this order and old ones go in the reverse: an address is refused before it is routed anew, and routed before its
    // domain is ours. Of those that go, the domain's own row is the first: it says what becomes of all the others. One process at a time:
    // side by side they would take all cores from Cyrus, which makes mailboxes meanwhile.
    private static readonly PostfixMap[] Order =
        [PostfixMap.NoSending, PostfixMap.Refused, PostfixMap.Transport, PostfixMap.Virtual, PostfixMap.Senders, PostfixMap.RelayDomains,
            PostfixMap.Domains];

    private readonly MapFile[] _files = [.. Order.Select(m => new MapFile(m, postmap))];

    // What each map should say but was not asked yet.
    private readonly Dictionary<PostfixMap, Dictionary<string, string?>> _unsettled = [];

    private MapPosition? _position;

    // The position that all maps say themselves, or null while they hold more than they say. Neither saying nor asking makes mail flow
    // sooner, so both wait until there is nothing else to do.
    private long? _held;

    /// <summary>Position of all maps, or null before the first round and after a failure.</summary>
    public long? Position => _position?.Sequence;

    /// <summary>Nothing is left for <see cref="SettleAsync"/>.</summary>
    public bool IsSettled => _held is not null;

    /// <summary>Applies what came since the last round.</summary>
    /// <returns>Whether anything was applied.</returns>
    /// <exception cref="PostmapException">A map could not be written; the next round looks at the maps again.</exception>
    public Task<bool> CatchUpAsync(CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        if (_unsettled.Values.Sum(keys => keys.Count) > MaxUnread) await SettleAsync(cancellationToken);
        var head = await repository.HeadAsync(cancellationToken);
        if (_position is null || !_position.IsOf(head)) return await SynchronizeAsync(head, cancellationToken);
        if (_position.Sequence == head.Last) return false;
        var rows = await repository.ListAfterAsync(_position.Sequence, null, options.RebuildAbove + 1, cancellationToken);
        if (rows.Count > options.RebuildAbove) return await SynchronizeAsync(head, cancellationToken);
        // Rows of a change that committed after the head was read may be among them; they are then applied once more.
        await ApplyAsync(rows, head, cancellationToken);
        return rows.Count > 0;
    });

    /// <summary>Reads back what was written, and then writes the positions, so that a restart has nothing to repeat.</summary>
    /// <param name="cancellationToken">Stops.</param>
    /// <param name="news">When it is done, the rest waits for another time.</param>
    /// <returns>The position that all maps hold for certain and say themselves, or null when that is not known yet.</returns>
    /// <exception cref="PostmapException">A map does not say what was written; the next round writes it again.</exception>
    public Task<long?> SettleAsync(CancellationToken cancellationToken, Task? news = null) => GuardAsync(async () =>
    {
        if (_position is null || _held is not null) return _held;
        foreach (var file in _files)
        {
            if (news is { IsCompleted: true }) return null;
            if (_unsettled.Remove(file.Map, out var keys)) await file.VerifyAsync(keys, cancellationToken);
            // Those that nothing was written to as well: a map that says less than the others was put back from a backup.
            await file.WritePositionAsync(_position, cancellationToken);
        }
        return _held = _position.Sequence;
    });

    private async Task<T> GuardAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch
        {
            // What the maps hold is known from them alone now.
            (_position, _held) = (null, null);
            _unsettled.Clear();
            throw;
        }
    }

    // Each map for itself: one may be missing, restored from a backup, or far behind. What went before the host's last word, or while
    // nobody knew of the host, is not kept for it: a map older than that word is made anew.
    private async Task<bool> SynchronizeAsync(MapHead head, CancellationToken cancellationToken)
    {
        var late = new List<MapEntry>();
        var rebuilt = false;
        var noted = await repository.HeldByAsync(options.Host, cancellationToken);
        var held = head.Last;
        foreach (var file in _files)
        {
            var position = noted == 0 ? null : await ReadPositionAsync(file, cancellationToken);
            var rows = position?.IsOf(head) == true && position.Sequence >= noted
                ? await repository.ListAfterAsync(position.Sequence, file.Map, options.RebuildAbove + 1, cancellationToken)
                : null;
            if (rows is null || rows.Count > options.RebuildAbove)
            {
                await file.RebuildAsync(
                    take => repository.Read(file.Map, take, cancellationToken), new(head.DatabaseId, head.Last), cancellationToken);
                _unsettled.Remove(file.Map);
                rebuilt = true;
            }
            else
            {
                late.AddRange(rows);
                held = Math.Min(held, position!.Sequence);
            }
        }
        _held = held;
        await ApplyAsync(late, head, cancellationToken);
        if (rebuilt) sentinel.Touch();
        return rebuilt || late.Count > 0;
    }

    private async Task ApplyAsync(IReadOnlyList<MapEntry> rows, MapHead head, CancellationToken cancellationToken)
    {
        var byMap = rows.ToLookup(r => r.Map);
        foreach (var file in _files) await file.UpsertAsync([.. byMap[file.Map].Where(r => r.Value is not null)], cancellationToken);
        foreach (var file in _files.Reverse())
            await file.DeleteAsync(
                [.. byMap[file.Map].Where(r => r.Value is null).OrderBy(r => r.Key.Contains('@', StringComparison.Ordinal))],
                cancellationToken);
        _position = new(head.DatabaseId, head.Last);
        foreach (var row in rows) Expect(row);
        if (rows.Any(ChangesDomains)) sentinel.Touch();
    }

    private void Expect(MapEntry row)
    {
        _held = null;
        if (!_unsettled.TryGetValue(row.Map, out var keys)) _unsettled[row.Map] = keys = new(StringComparer.Ordinal);
        keys[row.Key] = row.Value;
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
        row.Map is PostfixMap.Domains or PostfixMap.RelayDomains
            || (row.Map == PostfixMap.Refused && !row.Key.Contains('@', StringComparison.Ordinal));
}
