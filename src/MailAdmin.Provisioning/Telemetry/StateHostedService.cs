using MailAdmin.Provisioning.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MailAdmin.Provisioning.Telemetry;

/// <summary>Reads the figures of the gauges now and then, so that a scrape reads nothing but memory.</summary>
internal sealed class StateHostedService(
    StateReader reader, StateGauges gauges, CertificateDates certificates, TimeProvider time, ILogger<StateHostedService> logger)
    : BackgroundService
{
    // Prometheus usually scrapes at the same interval.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan CertificateInterval = TimeSpan.FromHours(1);
    private static readonly TimeSpan CertificateRetry = TimeSpan.FromMinutes(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        new ResilientLoop("Reading the figures for metrics", time, logger).RunAsync(async token =>
        {
            gauges.Show(await reader.ReadAsync(token));
            return Interval;
        }, stoppingToken),
        new ResilientLoop("Reading the dates of certificates", time, logger).RunAsync(
            async token => await certificates.ReadAsync(token) ? CertificateInterval : CertificateRetry, stoppingToken));
}
