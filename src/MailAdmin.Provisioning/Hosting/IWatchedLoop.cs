using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MailAdmin.Provisioning.Hosting;

/// <summary>
/// A background service without whose loop nothing reaches the servers. Readiness and metrics tell whether it still runs.
/// </summary>
public interface IWatchedLoop
{
    /// <summary><c>worker</c> or <c>follower</c>.</summary>
    string Name { get; }

    /// <summary>The time since its last turn ended, whether the turn failed or not; since its start before the first one.</summary>
    TimeSpan Silence { get; }
}

public static class WatchedLoops
{
    /// <summary>Those that run in this process.</summary>
    public static IReadOnlyList<IWatchedLoop> Of(IServiceProvider services) =>
        [.. services.GetServices<IHostedService>().OfType<IWatchedLoop>()];
}
