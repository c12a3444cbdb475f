namespace MailAdmin.Provisioning.MailboxCopies;

/// <summary>Keeps a copy below a number of octets a second, and tells how fast it is.</summary>
/// <param name="octetsPerSecond">0 for no limit.</param>
internal sealed class CopyPace(long octetsPerSecond, TimeProvider time)
{
    // Long enough for large messages, short enough to show a change.
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    private readonly long _begun = time.GetTimestamp();
    private readonly Queue<(TimeSpan At, long Messages, long Octets)> _recent = new();
    private TimeSpan _free;

    /// <summary>Waits until that many octets more are allowed.</summary>
    public async Task WaitAsync(long octets, CancellationToken cancellationToken)
    {
        if (octetsPerSecond == 0) return;
        var now = time.GetElapsedTime(_begun);
        _free = (_free > now ? _free : now) + TimeSpan.FromSeconds((double)octets / octetsPerSecond);
        if (_free > now) await Task.Delay(_free - now, time, cancellationToken);
    }

    /// <summary>Counts what has been copied.</summary>
    /// <returns>Messages and octets a second over the last seconds.</returns>
    public (double Messages, double Octets) Count(long messages, long octets)
    {
        var now = time.GetElapsedTime(_begun);
        _recent.Enqueue((now, messages, octets));
        while (_recent.Count > 1 && now - _recent.Peek().At > Window) _recent.Dequeue();
        var seconds = Math.Max((now - (now > Window ? now - Window : TimeSpan.Zero)).TotalSeconds, 0.1);
        return (_recent.Sum(r => r.Messages) / seconds, _recent.Sum(r => r.Octets) / seconds);
    }
}
