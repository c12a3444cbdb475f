using MailAdmin.Provisioning.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MailAdmin.Provisioning.Logins;

/// <summary>Checks the ManageSieve sessions a few times a second: there are few, and each check reads one row.</summary>
internal sealed class SieveSessionsHostedService(
    SieveSessionEnd sessions, KillCommand kill, TimeProvider time, ILogger<SieveSessionsHostedService> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    // A failed signal is retried, but not four times a second.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (kill.Arguments.Count == 0) return;
        var loop = new ResilientLoop("Looking at open ManageSieve sessions", time, logger);
        await loop.RunAsync(async token => await sessions.EndAsync(token) ? Interval : Pause, stoppingToken);
    }
}
