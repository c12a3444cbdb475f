namespace MailAdmin.Provisioning.Worker;

/// <summary>
/// Tells whether the wall clock can be trusted with an action that cannot be undone: the clock must have kept pace with the machine's
/// monotonic counter for a while. After a start the while is a few minutes, in which a machine sets its clock. After a jump it is a day, in
/// which somebody notices the jump.
/// </summary>
internal sealed class ClockStabilityMonitor(TimeProvider clock)
{
    public static readonly TimeSpan AfterStart = TimeSpan.FromMinutes(10);
    public static readonly TimeSpan AfterJump = TimeSpan.FromDays(1);
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    private DateTimeOffset _wall = clock.GetUtcNow();
    private long _counter = clock.GetTimestamp();
    private TimeSpan _steadyFor;
    private TimeSpan _needed = AfterStart;

    /// <summary>Compares the two clocks. The caller calls it every minute or so.</summary>
    /// <returns>Whether the wall clock has been steady for long enough.</returns>
    public bool IsStable()
    {
        var (wall, counter) = (clock.GetUtcNow(), clock.GetTimestamp());
        var passed = clock.GetElapsedTime(_counter, counter);
        var jumped = (wall - _wall - passed).Duration() > Tolerance;
        (_wall, _counter) = (wall, counter);
        _steadyFor = jumped ? TimeSpan.Zero : _steadyFor + passed;
        if (jumped) _needed = AfterJump;
        return _steadyFor >= _needed;
    }
}
