using Microsoft.Extensions.DependencyInjection;

namespace MailAdmin.Core.Drift;

internal static class DriftRegistration
{
    public static void AddDrift(this IServiceCollection services)
    {
        services.AddSingleton<DriftAccounts>();
        services.AddSingleton<DriftRepository>();
        services.AddSingleton<DriftService>();
    }
}
