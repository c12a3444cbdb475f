namespace MailAdmin.Provisioning.Hosting;

/// <summary>
/// A background service without whose loop nothing reaches the servers. Readiness and metrics tell whether it still runs.
/// </summary>
public interface IWatchedLoop
{
    /// <summary><c>worker</c> or <c>follower</c>.</summary>
    string Name { get; }

    /// <summary>Whether it can do its work: the worker reads its jobs, and the follower has written its maps.</summary>
    bool IsWorking { get; }

    /// <summary>The time since its last turn ended, whether the turn failed or not; since its start before the first one.</summary>
    TimeSpan Silence { get; }
}
