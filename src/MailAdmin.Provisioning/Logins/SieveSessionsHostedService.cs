using MailAdmin.Provisioning.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MailAdmin.Provisioning.Logins;

/// <summary>Looks at the ManageSieve sessions a few times a second: they are few, and looking is a read of one row each.</summary>
internal sealed class SieveSessionsHostedService(
    SieveSessionEnd sessions, KillCommand kill, TimeProvider time, ILogger<SieveSessionsHostedService> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    // What went wrong is tried again, but not four times a second.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (kill.Words.Count == 0) return;
        var loop = new ResilientLoop("Looking at open ManageSieve sessions", time, logger);
        await loop.RunAsync(async token => await sessions.EndAsync(token) ? Interval : Pause, stoppingToken);
    }
}
