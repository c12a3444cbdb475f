using MailAdmin.Provisioning.Cyrus;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MailAdmin.Provisioning.Sieve;

/// <summary>Wires what talks to ManageSieve.</summary>
public static class SieveServices
{
    /// <summary>Adds <see cref="VacationScripts"/>; wrong options stop the start. Needs <see cref="CyrusServices.AddCyrus"/>.</summary>
    public static IServiceCollection AddSieve(this IServiceCollection services, Action<SieveOptions> configure)
    {
        services.AddOptions<SieveOptions>().Configure(configure)
            .PostConfigure<IOptions<CyrusOptions>>((options, cyrus) => options.Host ??= cyrus.Value.Host).ValidateOnStart();
        services.AddSingleton(provider => new ForeignMailboxes(
            provider.GetRequiredService<CyrusReader>(), provider.GetRequiredService<SieveScripts>(), provider.GetRequiredService<IOptions<CyrusOptions>>()));
        return services.AddSingleton<IValidateOptions<SieveOptions>, SieveOptionsValidator>().AddSingleton<SieveScripts>()
            .AddSingleton(provider => new VacationScripts(provider.GetRequiredService<SieveScripts>()))
            .AddSingleton(provider => new ActiveScripts(provider.GetRequiredService<SieveScripts>()));
    }
}
