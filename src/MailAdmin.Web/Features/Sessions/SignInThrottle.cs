using MailAdmin.Core.Admins;

namespace MailAdmin.Web.Features.Sessions;

/// <summary>Answered 429: it passes by itself.</summary>
public sealed class TooManyAttemptsException(string message) : Exception(message);

/// <summary>
/// Makes guessing slow. What was tried is counted for a name from one network, for a network, and for a name from anywhere: after a few
/// wrong ones, answers wait. Nobody is locked out: elsewhere the right password works after two seconds at most, and here after the wait.
/// Known and unknown names are treated alike. Who signed in from this network before waits for nobody else's guesses, and in a place apart.
/// </summary>
public sealed class SignInThrottle(TimeProvider clock)
{
    internal const int MaxEntries = 10_000;

    /// <summary>
    /// How many of one network may wait at once; more are refused, so that a wait can't be gone round by asking often at the same time.
    /// </summary>
    internal const int MaxWaiting = 20;

    /// <summary>How many wait in the place apart of a name that signed in from the network before.</summary>
    internal const int MaxWaitingKnown = 3;

    internal static readonly Limit OfNameHere = new(3, TimeSpan.FromSeconds(10));
    internal static readonly Limit OfNetwork = new(20, TimeSpan.FromSeconds(10));
    internal static readonly Limit OfName = new(20, TimeSpan.FromSeconds(2));
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan ForgottenAfter = TimeSpan.FromMinutes(15);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Attempts> _attempts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _waiting = new(StringComparer.Ordinal);

    /// <summary>Counts the attempt, then waits: many at once wait longer and longer.</summary>
    /// <param name="isKnownHere">This name signed in from this network before.</param>
    /// <exception cref="TooManyAttemptsException">
    /// So many of this network, or for this name, wait already that this one is refused without a look at the password.
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
    /// The password was right. What others tried with other names from this network, or with this name from elsewhere, still counts.
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

    /// <summary>The longest of the three waits; where the name is known here, its own alone.</summary>
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

    // The stale ones, and when a flood left none, the oldest half.
    private void Shrink(DateTimeOffset now)
    {
        var byAge = _attempts.OrderBy(a => a.Value.Last).ToList();
        var stale = byAge.Count(a => now - a.Value.Last >= ForgottenAfter);
        foreach (var (key, _) in byAge.Take(Math.Max(stale, MaxEntries / 2))) _attempts.Remove(key);
    }

    /// <param name="Free">So many attempts within a quarter of an hour don't wait.</param>
    internal sealed record Limit(int Free, TimeSpan Longest);

    private sealed record Attempts(int Count, DateTimeOffset Last);
}
