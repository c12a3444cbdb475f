namespace MailAdmin.Provisioning.Hosting;

/// <summary>
/// The pauses before a retry. A server that is unavailable is tried often, since it comes back; one that refused is tried seldom, since a
/// person has to act.
/// </summary>
internal static class RetrySchedule
{
    private static readonly double[] AwaySeconds = [0.5, 1, 2, 5, 10, 20, 30];

    private static readonly double[] RefusedSeconds = [30, 120, 600, 1_800, 3_600];

    /// <param name="attempts">Failed attempts so far, 1 or more.</param>
    /// <param name="refused">The server refused, rather than being unavailable.</param>
    public static TimeSpan Pause(int attempts, bool refused)
    {
        var steps = refused ? RefusedSeconds : AwaySeconds;
        return TimeSpan.FromSeconds(steps[Math.Clamp(attempts - 1, 0, steps.Length - 1)]);
    }
}
