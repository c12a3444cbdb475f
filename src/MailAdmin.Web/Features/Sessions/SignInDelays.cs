using System.Net;
using System.Net.Sockets;
using MailAdmin.Core.Admins;

namespace MailAdmin.Web.Features.Sessions;

/// <summary>
/// Makes guessing slow: after a few wrong passwords for one name from one network, answers there wait. Nobody is locked out: elsewhere
/// the right password works at once, and here after the wait. Known and unknown names are treated alike.
/// </summary>
public sealed class SignInDelays(TimeProvider clock)
{
    internal const int FreeAttempts = 3;
    internal const int MaxEntries = 10_000;
    internal static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan ForgottenAfter = TimeSpan.FromMinutes(15);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Attempts> _attempts = new(StringComparer.Ordinal);

    /// <summary>Counts the attempt, then waits: many at once wait longer and longer.</summary>
    public Task WaitAsync(string name, string? remoteAddress, CancellationToken cancellationToken)
    {
        var delay = Count(KeyOf(name, remoteAddress));
        return delay == TimeSpan.Zero ? Task.CompletedTask : Task.Delay(delay, clock, cancellationToken);
    }

    /// <summary>The password was right.</summary>
    public void Forget(string name, string? remoteAddress)
    {
        lock (_lock) _attempts.Remove(KeyOf(name, remoteAddress));
    }

    internal int Entries
    {
        get
        {
            lock (_lock) return _attempts.Count;
        }
    }

    internal TimeSpan Count(string key)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            if (!_attempts.ContainsKey(key) && _attempts.Count >= MaxEntries) Shrink(now);
            var count = _attempts.TryGetValue(key, out var before) && now - before.Last < ForgottenAfter ? before.Count + 1 : 1;
            _attempts[key] = new(count, now);
            if (count <= FreeAttempts) return TimeSpan.Zero;
            var delay = FirstDelay * Math.Pow(2, Math.Min(count - FreeAttempts - 1, 10));
            return delay < LongestDelay ? delay : LongestDelay;
        }
    }

    /// <summary>Half of an IPv6 address names a network; of an IPv4 address, three quarters.</summary>
    internal static string KeyOf(string name, string? remoteAddress)
    {
        var normalized = AdminNames.Normalize(name);
        if (normalized.Length > AdminNames.MaxLength) normalized = normalized[..AdminNames.MaxLength];
        if (!IPAddress.TryParse(remoteAddress, out var address)) return normalized;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        var octets = address.GetAddressBytes().AsSpan(0, address.AddressFamily == AddressFamily.InterNetwork ? 3 : 8);
        return $"{normalized} {Convert.ToHexString(octets)}";
    }

    // The stale ones, and when a flood left none, the oldest half.
    private void Shrink(DateTimeOffset now)
    {
        var byAge = _attempts.OrderBy(a => a.Value.Last).ToList();
        var stale = byAge.Count(a => now - a.Value.Last >= ForgottenAfter);
        foreach (var (key, _) in byAge.Take(Math.Max(stale, MaxEntries / 2))) _attempts.Remove(key);
    }

    private sealed record Attempts(int Count, DateTimeOffset Last);
}
