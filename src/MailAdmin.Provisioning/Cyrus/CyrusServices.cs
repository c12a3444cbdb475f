using MailAdmin.Core.Accounts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MailAdmin.Provisioning.Cyrus;

/// <summary>Registers the services that talk to Cyrus.</summary>
public static class CyrusServices
{
    /// <summary>Adds <see cref="CyrusMailboxes"/> and <see cref="CyrusQuotas"/>.</summary>
    /// <param name="services">Contains logging, and optionally a TimeProvider; the default is the system's.</param>
    /// <param name="options">Already validated by the caller.</param>
    public static IServiceCollection AddCyrus(this IServiceCollection services, CyrusOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddSingleton(options)
            .AddSingleton<CyrusConnections>()
            .AddSingleton<CyrusMailboxes>()
            .AddSingleton<BatchMailboxCreator>()
            .AddSingleton<CyrusSignOut>()
            .AddSingleton(provider => new MailboxRights(provider.GetRequiredService<CyrusConnections>(), options))
            .AddSingleton<QuotaWatchlist>()
            .AddSingleton<CyrusReader>()
            .AddSingleton<IMailboxNames, CyrusMailboxNames>()
            .AddSingleton<CyrusQuotas>();
    }
}
