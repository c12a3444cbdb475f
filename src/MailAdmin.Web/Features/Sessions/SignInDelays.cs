using MailAdmin.Core.Admins;

namespace MailAdmin.Web.Features.Sessions;

/// <summary>Answered 429: it passes by itself.</summary>
public sealed class TooManyAttemptsException(string message) : Exception(message);

/// <summary>
/// Makes guessing slow. What was tried is counted for a name from one network, for a network, and for a name from anywhere: after a few wrong
/// ones, answers wait. Nobody is locked out: elsewhere the right password works after two seconds at most, and here after the wait. Known and
/// unknown names are treated alike.
/// </summary>
public sealed class SignInDelays(TimeProvider clock)
{
    internal const int MaxEntries = 10_000;

    /// <summary>How many of one network may wait at once; more are refused, so that a wait can't be gone round by asking often at the same time.</summary>
    internal const int MaxWaiting = 20;

    internal static readonly Limit OfNameHere = new(3, TimeSpan.FromSeconds(10));
    internal static readonly Limit OfNetwork = new(20, TimeSpan.FromSeconds(10));
    internal static readonly Limit OfName = new(20, TimeSpan.FromSeconds(2));
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan ForgottenAfter = TimeSpan.FromMinutes(15);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Attempts> _attempts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _waiting = new(StringComparer.Ordinal);

    /// <summary>Counts the attempt, then waits: many at once wait longer and longer.</summary>
    /// <exception cref="TooManyAttemptsException">So many of this network wait already that this one is refused without a look at the password.</exception>
    public async Task WaitAsync(string name, string? remoteAddress, CancellationToken cancellationToken)
    {
        var delay = Count(name, remoteAddress);
        if (delay == TimeSpan.Zero) return;
        var network = AdminPlace.NetworkOf(remoteAddress);
        if (!Enter(network)) throw new TooManyAttemptsException($"{MaxWaiting} sign-ins from {remoteAddress} wait already.");
        try
        {
            await Task.Delay(delay, clock, cancellationToken);
        }
        finally
        {
            Leave(network);
        }
    }

    /// <summary>The password was right. What others tried with other names from this network, or with this name from elsewhere, still counts.</summary>
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

    /// <summary>The longest of the three waits.</summary>
    internal TimeSpan Count(string name, string? remoteAddress)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            TimeSpan[] delays =
            [
                Count(HereOf(name, remoteAddress), OfNameHere, now), Count(NetworkOf(remoteAddress), OfNetwork, now), Count(NameOf(name), OfName, now),
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

    private bool Enter(string network)
    {
        lock (_lock)
        {
            var waiting = _waiting.GetValueOrDefault(network);
            if (waiting >= MaxWaiting) return false;
            _waiting[network] = waiting + 1;
            return true;
        }
    }

    private void Leave(string network)
    {
        lock (_lock)
        {
            if (--_waiting[network] == 0) _waiting.Remove(network);
        }
    }

    private static string HereOf(string name, string? remoteAddress) => $"{NameOf(name)} {AdminPlace.NetworkOf(remoteAddress)}";

    private static string NetworkOf(string? remoteAddress) => "from " + AdminPlace.NetworkOf(remoteAddress);

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
