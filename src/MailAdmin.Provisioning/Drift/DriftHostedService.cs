using System.Data.Common;
using MailAdmin.Core.Drift;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MailAdmin.Provisioning.Drift;

/// <summary>Compares once a day, and when somebody asks for it on the page.</summary>
internal sealed class DriftHostedService(DriftCheck check, TimeProvider time, ILogger<DriftHostedService> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Every = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (await check.RunAsync(Every, null, stoppingToken) is not { } run) continue;
                if (run.Phase == DriftPhase.Failed) Log.DriftFailed(log, run.Error);
                else Log.DriftDone(log, run.Total, run.FindingCount);
            }
            catch (Exception fault) when (fault is DbException or DbUpdateException)
            {
                Log.DriftNotRead(log, fault);
            }
        }
    }
}
