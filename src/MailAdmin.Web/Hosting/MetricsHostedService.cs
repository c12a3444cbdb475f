using MailAdmin.Provisioning.Hosting;
using OpenTelemetry.Metrics;

namespace MailAdmin.Web.Hosting;

/// <summary>
/// Serves <c>/metrics</c> on an address of its own, by a web server of its own: so nothing else is ever on that address, and the metrics
/// are on no other. If the address is taken, the process runs on without them and tries again: mail is more important.
/// </summary>
/// <param name="listen">The address, whose host is an IP address or localhost.</param>
internal sealed class MetricsHostedService(Uri listen, MeterProvider metrics, TimeProvider time, ILogger<MetricsHostedService> log)
    : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        new ResilientLoop($"Serving metrics on {listen}", time, log).RunAsync(ServeAsync, stoppingToken);

    private async Task ServeAsync(CancellationToken stoppingToken)
    {
        // An empty builder: the panel's own addresses are in the environment, and this server must not listen there.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(o => o.AddServerHeader = false).UseUrls(listen.GetLeftPart(UriPartial.Authority));
        await using var app = builder.Build();
        app.UseOpenTelemetryPrometheusScrapingEndpoint(
            metrics, context => context.Request.Path == "/metrics", path: null, configureBranchedPipeline: null, optionsName: null);
        await app.StartAsync(stoppingToken);
        await Task.Delay(Timeout.Infinite, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await app.StopAsync(CancellationToken.None);
    }
}
