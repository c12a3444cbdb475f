using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Provisioning.Worker;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MailAdmin.Provisioning.Postfix;

/// <summary>Looks for switches of domains, once this host's maps hold their rows, and reports how far it is with them.</summary>
internal sealed class SwitchHostedService(
    SwitchAgent agent, Follower follower, DomainSwitchRepository switches, ChangeSignals signals, MapOptions options, ILogger<SwitchHostedService> logger)
    : BackgroundService
{
    private readonly Dictionary<long, SwitchReport> _reported = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var failures = 0; !stoppingToken.IsCancellationRequested;)
        {
            var next = signals.Progress.Next;
            try
            {
                await LookAsync(stoppingToken);
                failures = 0;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is System.Data.Common.DbException or Microsoft.EntityFrameworkCore.DbUpdateException or System.Text.Json.JsonException)
            {
                if (++failures == 1) logger.SwitchStumbled(e);
            }
            if (failures > 0) await Waiting.ForAsync(Task.Delay(Timeout.Infinite, stoppingToken), RetrySchedule.Pause(failures, refused: false), stoppingToken);
            else await Waiting.ForAsync(next, options.Interval, stoppingToken);
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var present = await switches.ListAsync(cancellationToken);
        agent.Keep(present);
        foreach (var work in present.Where(w => follower.Position >= w.Sequence))
        {
            var report = await agent.WorkAsync(work, cancellationToken);
            if (!report.IsClear && IsKnown(report)) continue;
            if (report.LastError is { } words) logger.SwitchWaits(work.Names[0], words);
            await switches.ReportAsync(report, cancellationToken);
            _reported[work.DomainId] = report;
        }
    }

    private bool IsKnown(SwitchReport report) =>
        _reported.GetValueOrDefault(report.DomainId) is { } last
        && (last.Sequence, last.Waiting, last.Strangers, last.LastError) == (report.Sequence, report.Waiting, report.Strangers, report.LastError);
}
