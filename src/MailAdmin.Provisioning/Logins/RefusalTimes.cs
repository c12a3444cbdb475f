namespace MailAdmin.Provisioning.Logins;

/// <summary>
/// When a refusal is told, so that its time does not tell whether the name exists. For names that don't exist nothing is hashed: a flood of
/// them would hold up everybody else. Each check reserves the time of one hash on lanes that exist in thought alone, as many as there are
/// real ones, and no refusal is told before its reserved time is over. A right password never waits for that.
/// </summary>
internal sealed class RefusalTimes
{
    /// <summary>Refusals wait no longer than that, whatever the load.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    // A hash takes longer while the machine is busy, so what was measured is not believed for long.
    private static readonly TimeSpan MeasureEvery = TimeSpan.FromSeconds(5);
    private const int Kept = 8;

    // Real durations on the real clock: a hash takes its time whatever a test's clock says.
    private readonly TimeProvider _time = TimeProvider.System;
    private readonly Lock _gate = new();
    private readonly long[] _lanes;
    private readonly List<TimeSpan> _measured = [];
    private int _next;
    private long _measuredAt;

    public RefusalTimes(int lanes) => _lanes = new long[lanes];

    /// <summary>How long one hash took.</summary>
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
    /// How long a hash takes: one of the latest, at random, so that a name without a hash varies as one with it. Null when this check has
    /// to hash for real, to measure it anew.
    /// </summary>
    public TimeSpan? Sample()
    {
        lock (_gate)
        {
            if (_measured.Count == 0) return null;
            if (_time.GetElapsedTime(_measuredAt) >= MeasureEvery)
            {
                // One measures; the others need not.
                _measuredAt = _time.GetTimestamp();
                return null;
            }
            return _measured[System.Security.Cryptography.RandomNumberGenerator.GetInt32(_measured.Count)];
        }
    }

    /// <summary>Takes the next free time on the lanes for a check that takes so long.</summary>
    /// <returns>The timestamp when it is over.</returns>
    public long Reserve(TimeSpan took)
    {
        lock (_gate)
        {
            var now = _time.GetTimestamp();
            var lane = Array.IndexOf(_lanes, _lanes.Min());
            var end = Math.Max(now, _lanes[lane]) + Ticks(took);
            return _lanes[lane] = Math.Min(end, now + Ticks(Longest));
        }
    }

    /// <summary>Waits until then.</summary>
    public Task UntilAsync(long timestamp, CancellationToken cancellationToken)
    {
        var left = _time.GetElapsedTime(_time.GetTimestamp(), timestamp);
        return left > TimeSpan.Zero ? Task.Delay(left, _time, cancellationToken) : Task.CompletedTask;
    }

    /// <summary>The timestamp so long from now.</summary>
    public long In(TimeSpan time) => _time.GetTimestamp() + Ticks(time);

    private long Ticks(TimeSpan time) => (long)(time.TotalSeconds * _time.TimestampFrequency);
}
