using Microsoft.Extensions.DependencyInjection;

namespace MailAdmin.Core.Domains;

internal static class DomainRegistration
{
    public static void AddDomains(this IServiceCollection services)
    {
        services.AddSingleton<DomainService>();
        services.AddSingleton<DomainAliasService>();
        services.AddSingleton<DomainDeletionService>();
        services.AddSingleton<DomainRoutingService>();
        services.AddSingleton<DomainRepository>();
        services.AddSingleton<DomainSwitchRepository>();
        services.AddSingleton<MailHostService>();
        services.AddSingleton<RoutingPreviewRepository>();
    }
}
