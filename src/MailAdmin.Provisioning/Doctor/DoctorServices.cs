using MailAdmin.Provisioning.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace MailAdmin.Provisioning.Doctor;

/// <summary>Registers the doctor and its checks, in the order in which they are shown.</summary>
public static class DoctorServices
{
    /// <summary>Adds the doctor, with a check for each part of the installation.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="options">Paths of what is checked.</param>
    /// <param name="layout">The names and paths that the servers' configuration is compared with.</param>
    /// <param name="hasCyrus">The settings name a mail server, and its services are registered.</param>
    /// <param name="keepsMaps">This host keeps maps, and the follower's services are registered.</param>
    public static IServiceCollection AddDoctor(
        this IServiceCollection services, DoctorOptions options, MailLayout layout, bool hasCyrus, bool keepsMaps)
    {
        services.AddSingleton(options);
        services.AddSingleton(layout);
        services.AddSingleton<UnnamedProxies>();
        services.AddSingleton<ServerDoctor>();
        services.AddPanelChecks(options);
        if (hasCyrus) services.AddCyrusChecks();
        if (keepsMaps) services.AddPostfixChecks();
        services.AddSingleton<Check, ServerAccessCheck>();
        services.AddSingleton<Check, OldTlsCheck>();
        services.AddSingleton<Check, CertificatesCheck>();
        return services;
    }

    /// <summary>Adds the check of the resolver, for a panel that asks the DNS.</summary>
    public static IServiceCollection AddResolverCheck(this IServiceCollection services) => services.AddSingleton<Check, ResolverCheck>();

    private static void AddPanelChecks(this IServiceCollection services, DoctorOptions options)
    {
        services.AddSingleton<Check, DatabaseCheck>();
        services.AddSingleton<Check, MigrationsCheck>();
        services.AddSingleton<Check, ClockCheck>();
        services.AddSingleton<Check, DiskCheck>();
        services.AddSingleton<Check, ProxiesCheck>();
        if (options.LoginSocket is { } socket) services.AddSingleton<Check>(new LoginSocketCheck(socket, options));
        if (options.PolicySocket is { } policy) services.AddSingleton<Check>(new PolicyServiceCheck(policy, options));
        if (options.MilterSocket is { } milter) services.AddSingleton<Check>(new MilterCheck(milter, options));
    }

    private static void AddCyrusChecks(this IServiceCollection services)
    {
        services.AddSingleton<ImapEndpoint>();
        services.AddSingleton<SieveEndpoint>();
        services.AddSingleton<Check, ImapSignInCheck>();
        services.AddSingleton<Check, ImapRightsCheck>();
        services.AddSingleton<Check, SeparatorCheck>();
        services.AddSingleton<Check, NamespaceCheck>();
        services.AddSingleton<Check, QuotaCheck>();
        services.AddSingleton<Check, SieveSignInCheck>();
        services.AddSingleton<Check, SieveExtensionsCheck>();
        services.AddSingleton<Check, ImapdSettingsCheck>();
        services.AddSingleton<Check, CyrusServicesCheck>();
    }

    private static void AddPostfixChecks(this IServiceCollection services)
    {
        services.AddSingleton<Check, PostmapCheck>();
        services.AddSingleton<Check, MapsCheck>();
        services.AddSingleton<Check, PostfixSettingsCheck>();
        services.AddSingleton<Check, SubmissionSettingsCheck>();
        services.AddSingleton<Check, SieveListenerCheck>();
        services.AddSingleton<Check, HostMailCheck>();
        services.AddSingleton<Check, SrsCheck>();
        services.AddSingleton<Check, NextHopCheck>();
    }
}
