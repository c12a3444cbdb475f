using MailAdmin.Provisioning.Cyrus;
using Microsoft.Extensions.DependencyInjection;

namespace MailAdmin.Provisioning.Sieve;

/// <summary>Registers the services that talk to ManageSieve.</summary>
public static class SieveServices
{
    /// <summary>Adds <see cref="SieveScripts"/>. Requires <see cref="CyrusServices.AddCyrus"/>.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="options">Already validated by the caller.</param>
    public static IServiceCollection AddSieve(this IServiceCollection services, SieveOptions options) => services
        .AddSingleton(options)
        .AddSingleton<SieveScripts>()
        .AddSingleton(provider => new ForeignMailboxes(
            provider.GetRequiredService<CyrusReader>(), provider.GetRequiredService<SieveScripts>(),
            provider.GetRequiredService<CyrusOptions>()));
}
