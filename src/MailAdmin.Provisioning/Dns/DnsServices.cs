using MailAdmin.Core.Dns;
using Microsoft.Extensions.DependencyInjection;

namespace MailAdmin.Provisioning.Dns;

/// <summary>Registers what asks the DNS.</summary>
public static class DnsServices
{
    /// <summary>Adds the inspection of domains' records.</summary>
    public static IServiceCollection AddDns(this IServiceCollection services, DnsOptions options)
    {
        services.AddSingleton(options);
        if (options.Enabled) services.AddSingleton<IDnsLookup, DnsClientLookup>();
        else services.AddSingleton<IDnsLookup, NoDnsLookup>();
        return services.AddSingleton<DnsInspector>();
    }
}
