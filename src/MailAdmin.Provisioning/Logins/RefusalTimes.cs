namespace MailAdmin.Provisioning.Logins;

/// <summary>
/// Decides when a refusal is sent, so that its timing does not tell whether the name exists. Unknown names are not hashed, because a flood
/// of them would delay everybody else. Instead each check reserves the time of one hash on virtual threads, as many as there are hash
/// threads, and no refusal is sent before its reserved time is over. A right password never waits for that.
/// </summary>
internal sealed class RefusalTimes
{
    /// <summary>The longest delay of a refusal, whatever the load.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    // A hash takes longer while the machine is busy, so a measurement is valid only for a short time.
    private static readonly TimeSpan MeasureEvery = TimeSpan.FromSeconds(5);
    private const int Kept = 8;

    // Always the real clock: a hash takes real time, even when a test controls the clock.
    private readonly TimeProvider _time = TimeProvider.System;
    private readonly Lock _gate = new();
    private readonly long[] _threads;
    private readonly List<TimeSpan> _measured = [];
    private int _next;
    private long _measuredAt;

    public RefusalTimes(int threads) => _threads = new long[threads];

    /// <summary>Records how long one hash took.</summary>
    public void Measured(TimeSpan took)
    {
        lock (_gate)
        {
            if (_measured.Count < Kept) _measured.Add(took);
            else _measured[_next = (_next + 1) % Kept] = took;
            _measuredAt = _time.GetTimestamp();
        }
    }

    /// <summary>
    /// The duration of a hash: one of the latest, chosen at random, so that refusals for unknown names vary as those for known ones. Null
    /// if this check has to compute a real hash, to measure it again.
    /// </summary>
    public TimeSpan? Sample()
    {
        lock (_gate)
        {
            if (_measured.Count == 0) return null;
            if (_time.GetElapsedTime(_measuredAt) >= MeasureEvery)
            {
                // One check measures; the others need not.
                _measuredAt = _time.GetTimestamp();
                return null;
            }
            return _measured[System.Security.Cryptography.RandomNumberGenerator.GetInt32(_measured.Count)];
        }
    }

    /// <summary>Reserves the next free time on the threads for a check of that duration.</summary>
    /// <returns>The timestamp at which the reserved time ends.</returns>
    public long Reserve(TimeSpan took)
    {
        lock (_gate)
        {
            var now = _time.GetTimestamp();
            var thread = Array.IndexOf(_threads, _threads.Min());
            var end = Math.Max(now, _threads[thread]) + Ticks(took);
            return _threads[thread] = Math.Min(end, now + Ticks(Longest));
        }
    }

    /// <summary>Waits until the timestamp.</summary>
    public Task UntilAsync(long timestamp, CancellationToken cancellationToken)
    {
        var left = _time.GetElapsedTime(_time.GetTimestamp(), timestamp);
        return left > TimeSpan.Zero ? Task.Delay(left, _time, cancellationToken) : Task.CompletedTask;
    }

    /// <summary>The timestamp after that time from now.</summary>
    public long In(TimeSpan time) => _time.GetTimestamp() + Ticks(time);

    private long Ticks(TimeSpan time) => (long)(time.TotalSeconds * _time.TimestampFrequency);
}
