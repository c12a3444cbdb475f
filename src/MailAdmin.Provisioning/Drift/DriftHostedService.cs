using MailAdmin.Core.Drift;
using MailAdmin.Provisioning.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MailAdmin.Provisioning.Drift;

/// <summary>Runs the comparison once a day, and when an admin requests it on the page.</summary>
internal sealed class DriftHostedService(IDriftCheck check, TimeProvider time, ILogger<DriftHostedService> log) : BackgroundService
{
    // How soon a request from the page is noticed.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Every = TimeSpan.FromDays(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        new ResilientLoop("Comparing the database with the servers", time, log).EveryAsync(Interval, RunAsync, stoppingToken);

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        if (await check.RunAsync(Every, null, cancellationToken) is not { } run) return;
        if (run.Phase == DriftPhase.Failed) Log.DriftFailed(log, run.Error);
        else Log.DriftDone(log, run.Total, run.FindingCount);
    }
}
