using MailAdmin.Provisioning.Cyrus;
using Microsoft.Extensions.DependencyInjection;

namespace MailAdmin.Provisioning.Sieve;

/// <summary>Wires what talks to ManageSieve.</summary>
public static class SieveServices
{
    /// <summary>Adds <see cref="SieveScripts"/>. Needs <see cref="CyrusServices.AddCyrus"/>.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="options">Checked by whoever read them.</param>
    public static IServiceCollection AddSieve(this IServiceCollection services, SieveOptions options) => services
        .AddSingleton(options)
        .AddSingleton<SieveScripts>()
        .AddSingleton(provider => new ForeignMailboxes(
            provider.GetRequiredService<CyrusReader>(), provider.GetRequiredService<SieveScripts>(),
            provider.GetRequiredService<CyrusOptions>()));
}
