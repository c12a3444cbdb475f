using Microsoft.Extensions.DependencyInjection;

namespace MailAdmin.Provisioning.Telemetry;

public static class TelemetryServices
{
    /// <summary>
    /// Adds the gauges of the panel's state: jobs, maps, queue, drift, certificates, disk. The doctor's options have to be registered.
    /// </summary>
    public static IServiceCollection AddStateGauges(this IServiceCollection services)
    {
        services.AddSingleton<CertificateDates>();
        services.AddSingleton<StateReader>();
        services.AddSingleton<StateGauges>();
        return services.AddHostedService<StateHostedService>();
    }
}
