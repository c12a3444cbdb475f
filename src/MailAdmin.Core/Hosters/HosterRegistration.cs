using Microsoft.Extensions.DependencyInjection;

namespace MailAdmin.Core.Hosters;

internal static class HosterRegistration
{
    public static void AddHosters(this IServiceCollection services)
    {
        services.AddSingleton<HosterService>();
        services.AddSingleton<HosterRepository>();
        services.AddSingleton<ClientHostsReader>();
    }
}
