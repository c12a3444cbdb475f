using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MailAdmin.Provisioning.Hosting;

internal static class WatchedLoopServices
{
    /// <summary>Adds a hosted service that readiness and metrics get as an <see cref="IWatchedLoop"/> too.</summary>
    public static IServiceCollection AddWatchedLoop<T>(this IServiceCollection services) where T : class, IHostedService, IWatchedLoop =>
        services.AddSingleton<T>()
            .AddHostedService(provider => provider.GetRequiredService<T>())
            .AddSingleton<IWatchedLoop>(provider => provider.GetRequiredService<T>());
}
