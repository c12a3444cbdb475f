using MailAdmin.Core.Routing;

namespace MailAdmin.Provisioning.Postfix;

/// <summary>
/// Makes this host's maps equal to the database's. It knows its position only from the maps themselves, and doing a batch twice is the same as once.
/// </summary>
internal sealed class Follower(MapRepository repository, Postmap postmap, Sentinel sentinel, MapOptions options)
{
    // Rows that were written but not yet read back, at most about so many.
    private const int MaxUnread = 2_000;

    // New rows appear in this order and old ones go in the reverse: an address is refused before it is routed anew, and routed before its
    // domain is ours. Of those that go, the domain's own row is the first: it says what becomes of all the others. One process at a time: side by side they would take all cores from Cyrus, which makes mailboxes meanwhile.
    private static readonly PostfixMap[] Order =
        [PostfixMap.Refused, PostfixMap.Transport, PostfixMap.Virtual, PostfixMap.Senders, PostfixMap.RelayDomains, PostfixMap.Domains];

    private readonly MapFile[] _files = [.. Order.Select(m => new MapFile(m, postmap))];

    // What each map should say but was not asked yet, and its position, older than what it holds: neither makes mail flow sooner, so both
    // wait until there is nothing else to do.
    private readonly Dictionary<PostfixMap, Dictionary<string, string?>> _unsettled = [];

    private MapPosition? _position;
    private bool _isDistrusted;

    /// <summary>Position of all maps, or null before the first round and after a failure.</summary>
    public long? Position => _position?.Sequence;

    /// <summary>Nothing is left for <see cref="SettleAsync"/>.</summary>
    public bool IsSettled => _unsettled.Count == 0;

    /// <summary>
    /// The next round makes all maps anew, whatever they say of themselves: rows that went while nobody knew of this host are not kept for it.
    /// </summary>
    public void Distrust() => (_position, _isDistrusted) = (null, true);

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
    /// <returns>The position that all maps hold for certain, or null when that is not known yet.</returns>
    /// <exception cref="PostmapException">A map does not say what was written; the next round writes it again.</exception>
    public Task<long?> SettleAsync(CancellationToken cancellationToken, Task? news = null) => GuardAsync(async () =>
    {
        if (_position is null) return null;
        foreach (var file in _files.Where(f => _unsettled.ContainsKey(f.Map)))
        {
            if (news is { IsCompleted: true }) return null;
            await file.VerifyAsync(_unsettled[file.Map], cancellationToken);
            await file.WritePositionAsync(_position, cancellationToken);
            _unsettled.Remove(file.Map);
        }
        return (long?)_position.Sequence;
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
            _position = null;
            _unsettled.Clear();
            throw;
        }
    }

    // Each map for itself: one may be missing, restored from a backup, or far behind.
    private async Task<bool> SynchronizeAsync(MapHead head, CancellationToken cancellationToken)
    {
        var late = new List<MapEntry>();
        var rebuilt = false;
        foreach (var file in _files)
        {
            var position = _isDistrusted ? null : await ReadPositionAsync(file, cancellationToken);
            var rows = position?.IsOf(head) == true
                ? await repository.ListAfterAsync(position.Sequence, file.Map, options.RebuildAbove + 1, cancellationToken)
                : null;
            if (rows is null || rows.Count > options.RebuildAbove)
            {
                await file.RebuildAsync(take => repository.Read(file.Map, take, cancellationToken), new(head.DatabaseId, head.Last), cancellationToken);
                _unsettled.Remove(file.Map);
                rebuilt = true;
            }
            else
            {
                late.AddRange(rows);
            }
        }
        _isDistrusted = false;
        await ApplyAsync(late, head, cancellationToken);
        if (rebuilt) sentinel.Touch();
        return rebuilt || late.Count > 0;
    }

    private async Task ApplyAsync(IReadOnlyList<MapEntry> rows, MapHead head, CancellationToken cancellationToken)
    {
        var byMap = rows.ToLookup(r => r.Map);
        foreach (var file in _files) await file.UpsertAsync([.. byMap[file.Map].Where(r => r.Value is not null)], cancellationToken);
        foreach (var file in _files.Reverse()) await file.DeleteAsync([.. byMap[file.Map].Where(r => r.Value is null).OrderBy(r => r.Key.Contains('@', StringComparison.Ordinal))], cancellationToken);
        _position = new(head.DatabaseId, head.Last);
        foreach (var row in rows) Expect(row);
        if (rows.Any(ChangesDomains)) sentinel.Touch();
    }

    private void Expect(MapEntry row)
    {
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
        row.Map is PostfixMap.Domains or PostfixMap.RelayDomains || (row.Map == PostfixMap.Refused && !row.Key.Contains('@', StringComparison.Ordinal));
}
