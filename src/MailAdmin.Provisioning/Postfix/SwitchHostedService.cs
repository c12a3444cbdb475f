using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Provisioning.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MailAdmin.Provisioning.Postfix;

/// <summary>Works on the switches of domains once this host's maps have their rows, and reports the progress.</summary>
internal sealed class SwitchHostedService(
    SwitchAgent agent, Follower follower, DomainSwitchRepository switches, ChangeSignals signals, MapOptions options, TimeProvider time,
    ILogger<SwitchHostedService> logger)
    : BackgroundService
{
    private readonly Dictionary<long, SwitchReport> _reported = [];

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        new ResilientLoop("Looking at the switches of domains", time, logger).RunAsync(async token =>
        {
            var next = signals.Progress.Next;
            await CheckAsync(token);
            await Waiting.ForAsync(next, options.Interval, token);
        }, stoppingToken);

    private async Task CheckAsync(CancellationToken cancellationToken)
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
        && (last.Sequence, last.Waiting, last.UnknownRecipients, last.LastError) == (
            report.Sequence, report.Waiting, report.UnknownRecipients, report.LastError);
}
