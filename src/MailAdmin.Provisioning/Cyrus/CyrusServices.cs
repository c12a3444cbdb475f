using MailAdmin.Core.Accounts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace MailAdmin.Provisioning.Cyrus;

/// <summary>Wires what talks to Cyrus.</summary>
public static class CyrusServices
{
    /// <summary>Adds <see cref="CyrusMailboxes"/> and <see cref="CyrusQuotas"/>; wrong options stop the start.</summary>
    /// <param name="services">Also holds logging and, or else the system's, a TimeProvider.</param>
    /// <param name="configure">Fills the options, as <c>options => configuration.GetSection("Cyrus").Bind(options)</c>.</param>
    public static IServiceCollection AddCyrus(this IServiceCollection services, Action<CyrusOptions> configure)
    {
        services.AddOptions<CyrusOptions>().Configure(configure).ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddSingleton<IValidateOptions<CyrusOptions>, CyrusOptionsValidator>()
            .AddSingleton<CyrusConnections>()
            .AddSingleton<CyrusMailboxes>()
            .AddSingleton<BatchMailboxCreator>()
            .AddSingleton<CyrusSignOut>()
            .AddSingleton(provider => new MailboxRights(provider.GetRequiredService<CyrusConnections>(), provider.GetRequiredService<IOptions<CyrusOptions>>()))
            .AddSingleton<QuotaWatchlist>()
            .AddSingleton<CyrusReader>()
            .AddSingleton<IMailboxNames, CyrusMailboxNames>()
            .AddSingleton<CyrusQuotas>();
    }
}
