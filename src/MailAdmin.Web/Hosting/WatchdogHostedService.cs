using System.Globalization;
using Microsoft.Extensions.Hosting.Systemd;

namespace MailAdmin.Web.Hosting;

/// <summary>
/// Tells systemd that the process still works (<c>WatchdogSec=</c>, sd_watchdog_enabled(3)). It runs on the thread pool, as every request
/// and login does: if the pool is blocked, systemd hears nothing and restarts the process. It asks no server and no database, because a
/// restart helps against neither.
/// </summary>
/// <param name="interval">The time from one notification to the next.</param>
internal sealed class WatchdogHostedService(ISystemdNotifier notifier, TimeSpan interval, TimeProvider clock) : BackgroundService
{
    /// <param name="microseconds">The variable <c>WATCHDOG_USEC</c>: the time without a notification after which systemd restarts it.</param>
    /// <returns>Half of that time, as the manual recommends; null if there is no watchdog.</returns>
    public static TimeSpan? IntervalOf(string? microseconds) =>
        long.TryParse(microseconds, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit > 1
            ? TimeSpan.FromMicroseconds(limit) / 2 : null;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval, clock);
        do notifier.Notify(new ServiceState("WATCHDOG=1"));
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
