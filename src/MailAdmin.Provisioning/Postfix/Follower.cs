using MailAdmin.Core.Routing;

namespace MailAdmin.Provisioning.Postfix;

/// <summary>
/// Makes this host's maps equal to the database's. It takes its position only from the maps themselves, and applying a batch twice has the
/// same result as once.
/// </summary>
internal sealed class Follower(MapRepository repository, Postmap postmap, SmtpdReloadTrigger sentinel, MapOptions options)
{
    // The approximate limit of rows that were written but not yet read back.
    private const int MaxUnread = 2_000;

    // New rows are added in this order, and old ones deleted in reverse order: an address is refused before it is routed elsewhere, and
    // routed before its domain becomes local. Of the deleted rows the domain's own is the first: it decides what happens to all others. One
    // postmap process at a time: several would take all cores from Cyrus, which makes mailboxes meanwhile.
    private static readonly PostfixMap[] Order =
        [PostfixMap.NoSending, PostfixMap.Refused, PostfixMap.Transport, PostfixMap.Virtual, PostfixMap.Senders, PostfixMap.RelayDomains,
            PostfixMap.Domains];

    private readonly MapFile[] _files = [.. Order.Select(m => new MapFile(m, postmap))];

    // The values that each map should have but that have not been read back yet.
    private readonly Dictionary<PostfixMap, Dictionary<string, string?>> _unsettled = [];

    private MapPosition? _position;

    // The position that all maps state themselves, or null while they hold newer rows. Neither writing the position nor reading back makes
    // mail flow sooner, so both wait until there is nothing else to do.
    private long? _held;

    /// <summary>The position of all maps, or null before the first round and after a failure.</summary>
    public long? Position => _position?.Sequence;

    /// <summary>Whether nothing is left for <see cref="SettleAsync"/>.</summary>
    public bool IsSettled => _held is not null;

    /// <summary>Applies the rows since the last round.</summary>
    /// <returns>Whether anything was applied.</returns>
    /// <exception cref="PostmapException">A map could not be written; the next round reads the maps' positions again.</exception>
    public Task<bool> CatchUpAsync(CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        if (_unsettled.Values.Sum(keys => keys.Count) > MaxUnread) await SettleAsync(cancellationToken);
        var head = await repository.HeadAsync(cancellationToken);
        if (_position is null || !_position.IsOf(head)) return await SynchronizeAsync(head, cancellationToken);
        if (_position.Sequence == head.Last) return false;
        var rows = await repository.ListAfterAsync(_position.Sequence, null, options.RebuildAbove + 1, cancellationToken);
        if (rows.Count > options.RebuildAbove) return await SynchronizeAsync(head, cancellationToken);
        // The rows may include some of a change that committed after the head was read; they are then applied once more.
        await ApplyAsync(rows, head, cancellationToken);
        return rows.Count > 0;
    });

    /// <summary>Reads back what was written, and then writes the positions, so that a restart repeats nothing.</summary>
    /// <param name="cancellationToken">Stops.</param>
    /// <param name="news">When it completes, the remaining work is left for later.</param>
    /// <returns>The position that all maps verifiably hold and state themselves, or null if that is not known yet.</returns>
    /// <exception cref="PostmapException">A map does not contain what was written; the next round writes it again.</exception>
    public Task<long?> SettleAsync(CancellationToken cancellationToken, Task? news = null) => GuardAsync(async () =>
    {
        if (_position is null || _held is not null) return _held;
        foreach (var file in _files)
        {
            if (news is { IsCompleted: true }) return null;
            if (_unsettled.Remove(file.Map, out var keys)) await file.VerifyAsync(keys, cancellationToken);
            // Maps without changes as well: a map with a lower position than the others was restored from a backup.
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
            // What the maps hold can now be learned only from the maps themselves.
            (_position, _held) = (null, null);
            _unsettled.Clear();
            throw;
        }
    }

    // Synchronizes each map separately: one may be missing, restored from a backup, or far behind. Deleted rows from before the host's last
    // report, or from before the host was known, are not kept for it: a map that is older than that report is rebuilt.
    private async Task<bool> SynchronizeAsync(MapHead head, CancellationToken cancellationToken)
    {
        // No row ever creates the reload trigger, and Postfix takes no mail without it.
        await MissingMaps.CreateAsync(options, MissingMaps.TriggerOf(options), cancellationToken);
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
            // A map that can't be read is rebuilt; the actual fault shows there.
            return null;
        }
    }

    private static bool ChangesDomains(MapEntry row) =>
        row.Map is PostfixMap.Domains or PostfixMap.RelayDomains
            || (row.Map == PostfixMap.Refused && !row.Key.Contains('@', StringComparison.Ordinal));
}
