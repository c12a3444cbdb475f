using System.Diagnostics;
using MailAdmin.Core.Telemetry;
using MailAdmin.Provisioning.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace MailAdmin.Web.Hosting;

/// <summary>Metrics for Prometheus and traces by OTLP, each if the settings ask for it. Otherwise nothing of them is registered.</summary>
internal static class Telemetry
{
    private static readonly string[] Meters =
    [
        MailAdminTelemetry.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime",
    ];

    /// <summary>Adds what the settings ask for. To be called before the services that are measured are added.</summary>
    /// <param name="services">The process's services.</param>
    /// <param name="settings">The settings, of which this process has one of the two addresses for metrics.</param>
    /// <param name="listen">Where this process shows its metrics; null for nowhere.</param>
    public static void AddTelemetry(this IServiceCollection services, PanelSettings settings, Uri? listen)
    {
        if (listen is null && settings.Tracing.Endpoint is null) return;
        var version = typeof(Telemetry).Assembly.GetName().Version?.ToString(3);
        var telemetry = services.AddOpenTelemetry().ConfigureResource(r => r.AddService("mailadmin", serviceVersion: version));
        if (listen is not null) services.AddMetricsOf(telemetry, listen);
        if (settings.Tracing is { SpanEndpoint: { } collector } tracing)
            telemetry.WithTracing(t => t.AddSource(MailAdminTelemetry.Name)
                .AddAspNetCoreInstrumentation(o => o.EnrichWithHttpResponse = (span, response) => Redact(span, response.HttpContext))
                .AddOtlpExporter(o => (o.Endpoint, o.Protocol) = (collector, tracing.Protocol)));
    }

    /// <summary>Adds the gauges of the panel's state, which the login service does not have.</summary>
    public static void AddGauges(this IServiceCollection services, PanelSettings settings)
    {
        if (settings.Metrics.Listen is not null) services.AddStateGauges();
    }

    /// <summary>Shows the panel's own counters from the start, when somebody listens to them.</summary>
    public static void UsePanelMetrics(this WebApplication app) => app.Lifetime.ApplicationStarted.Register(PanelMetrics.Begin);

    private static void AddMetricsOf(this IServiceCollection services, OpenTelemetryBuilder telemetry, Uri listen)
    {
        // The scope is the same for all of our metrics, and only lengthens each line.
        telemetry.WithMetrics(m => m.AddMeter(Meters).AddPrometheusExporter(o => o.ScopeInfoEnabled = false));
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<MetricsHostedService>(provider, listen));
    }

    // Paths have usernames, addresses and the tokens of one-time links; the route says enough.
    private static void Redact(Activity span, HttpContext context)
    {
        span.SetTag("url.path", null).SetTag("url.query", null).SetTag("user_agent.original", null);
        span.SetTag("mailadmin.request.id", context.TraceIdentifier);
    }
}
