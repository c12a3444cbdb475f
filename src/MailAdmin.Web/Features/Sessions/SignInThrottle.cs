using MailAdmin.Core.Admins;

namespace MailAdmin.Web.Features.Sessions;

/// <summary>Answered with 429: the condition is temporary.</summary>
public sealed class TooManyAttemptsException(string message) : Exception(message);

/// <summary>
/// Slows down guessing. Attempts are counted for a name from one network, for a network, and for a name from anywhere: after a few wrong
/// ones, answers are delayed. Nobody is locked out: from elsewhere the right password works after two seconds at most, and from this
/// network after the delay. Known and unknown names are treated alike. A name that has signed in from this network before is not delayed by
/// others' guesses, and waits in a queue of its own.
/// </summary>
public sealed class SignInThrottle(TimeProvider clock)
{
    internal const int MaxEntries = 10_000;

    /// <summary>
    /// The most attempts from one network that wait at the same time; more are refused, so that concurrent attempts can't bypass the delay.
    /// </summary>
    internal const int MaxWaiting = 20;

    /// <summary>The most waiting attempts of a name that has signed in from the network before.</summary>
    internal const int MaxWaitingKnown = 3;

    internal static readonly Limit OfNameHere = new(3, TimeSpan.FromSeconds(10));
    internal static readonly Limit OfNetwork = new(20, TimeSpan.FromSeconds(10));
    internal static readonly Limit OfName = new(20, TimeSpan.FromSeconds(2));
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan ForgottenAfter = TimeSpan.FromMinutes(15);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Attempts> _attempts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _waiting = new(StringComparer.Ordinal);

    /// <summary>Counts the attempt, then waits: concurrent attempts wait longer and longer.</summary>
    /// <param name="isKnownHere">The name has signed in from this network before.</param>
    /// <exception cref="TooManyAttemptsException">
    /// Too many attempts from this network, or for this name, are waiting already; the password is not checked.
    /// </exception>
    public async Task WaitAsync(string name, string? remoteAddress, CancellationToken cancellationToken, bool isKnownHere = false)
    {
        var delay = Count(name, remoteAddress, isKnownHere);
        if (delay == TimeSpan.Zero) return;
        (string Key, int Limit)[] places = isKnownHere
            ? [(HereOf(name, remoteAddress), MaxWaitingKnown)] : [(NetworkOf(remoteAddress), MaxWaiting), (NameOf(name), MaxWaiting)];
        if (!Enter(places)) throw new TooManyAttemptsException($"Too many sign-ins from {remoteAddress}, or with this name, wait already.");
        try
        {
            await Task.Delay(delay, clock, cancellationToken);
        }
        finally
        {
            Leave(places);
        }
    }

    /// <summary>
    /// Resets the counts after a right password. Attempts with other names from this network, or with this name from elsewhere, still
    /// count.
    /// </summary>
    public void Forget(string name, string? remoteAddress)
    {
        lock (_lock)
        {
            _attempts.Remove(HereOf(name, remoteAddress));
            foreach (var key in (string[])[NetworkOf(remoteAddress), NameOf(name)])
            {
                if (_attempts.TryGetValue(key, out var before)) _attempts[key] = before with { Count = before.Count - 1 };
            }
        }
    }

    internal int Entries
    {
        get
        {
            lock (_lock) return _attempts.Count;
        }
    }

    /// <summary>The longest of the three delays; for a name that is known here, only its own.</summary>
    internal TimeSpan Count(string name, string? remoteAddress, bool isKnownHere = false)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            if (isKnownHere) return Count(HereOf(name, remoteAddress), OfNameHere, now);
            TimeSpan[] delays =
            [
                Count(HereOf(name, remoteAddress), OfNameHere, now), Count(NetworkOf(remoteAddress), OfNetwork, now),
                Count(NameOf(name), OfName, now),
            ];
            return delays.Max();
        }
    }

    private TimeSpan Count(string key, Limit limit, DateTimeOffset now)
    {
        if (!_attempts.ContainsKey(key) && _attempts.Count >= MaxEntries) Shrink(now);
        var count = _attempts.TryGetValue(key, out var before) && now - before.Last < ForgottenAfter ? before.Count + 1 : 1;
        _attempts[key] = new(count, now);
        if (count <= limit.Free) return TimeSpan.Zero;
        var delay = FirstDelay * Math.Pow(2, Math.Min(count - limit.Free - 1, 10));
        return delay < limit.Longest ? delay : limit.Longest;
    }

    private bool Enter(IReadOnlyCollection<(string Key, int Limit)> places)
    {
        lock (_lock)
        {
            if (places.Any(p => _waiting.GetValueOrDefault(p.Key) >= p.Limit)) return false;
            foreach (var (key, _) in places) _waiting[key] = _waiting.GetValueOrDefault(key) + 1;
            return true;
        }
    }

    private void Leave(IEnumerable<(string Key, int Limit)> places)
    {
        lock (_lock)
        {
            foreach (var (key, _) in places)
            {
                if (--_waiting[key] == 0) _waiting.Remove(key);
            }
        }
    }

    private static string HereOf(string name, string? remoteAddress) => $"{NameOf(name)} {KnownNetwork.NetworkOf(remoteAddress)}";

    private static string NetworkOf(string? remoteAddress) => "from " + KnownNetwork.NetworkOf(remoteAddress);

    private static string NameOf(string name)
    {
        var normalized = AdminNames.Normalize(name);
        return "name " + (normalized.Length > AdminNames.MaxLength ? normalized[..AdminNames.MaxLength] : normalized);
    }

    // Remove the stale entries; if a flood has left none, the oldest half.
    private void Shrink(DateTimeOffset now)
    {
        var byAge = _attempts.OrderBy(a => a.Value.Last).ToList();
        var stale = byAge.Count(a => now - a.Value.Last >= ForgottenAfter);
        foreach (var (key, _) in byAge.Take(Math.Max(stale, MaxEntries / 2))) _attempts.Remove(key);
    }

    /// <param name="Free">Attempts within a quarter of an hour that are not delayed.</param>
    internal sealed record Limit(int Free, TimeSpan Longest);

    private sealed record Attempts(int Count, DateTimeOffset Last);
}
