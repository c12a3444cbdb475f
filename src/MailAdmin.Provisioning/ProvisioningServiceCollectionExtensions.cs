using MailAdmin.Core.Routing;
using MailAdmin.Provisioning.Configuration;
using MailAdmin.Provisioning.Cyrus;
using MailAdmin.Provisioning.Drift;
using MailAdmin.Provisioning.Hosting;
using MailAdmin.Provisioning.MailboxCopies;
using MailAdmin.Provisioning.Postfix;
using MailAdmin.Provisioning.Servers;
using MailAdmin.Provisioning.Sieve;
using MailAdmin.Provisioning.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace MailAdmin.Provisioning;

/// <summary>Registers the services that make the servers match. The options are already validated by the caller.</summary>
public static class ProvisioningServiceCollectionExtensions
{
    /// <summary>Adds Cyrus and this host's Postfix, each if the settings have it; otherwise its placeholder.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="cyrus">Null if there is no mail server.</param>
    /// <param name="sieve">The mail server's ManageSieve server.</param>
    /// <param name="maps">Without a folder, this process keeps no maps.</param>
    public static IServiceCollection AddServers(this IServiceCollection services, CyrusOptions? cyrus, SieveOptions sieve, MapOptions maps)
    {
        // Pages test connections to other servers in any case.
        services.AddSourceConnector();
        if (cyrus is null) services.AddSingleton<IMailServer, NoMailServer>().AddSingleton<IDriftCheck, NoDriftCheck>();
        else services.AddWorker(cyrus, sieve);
        return maps.AreKept ? services.AddFollower(maps) : services.AddSingleton<IMailHost, NoMailHost>();
    }

    /// <summary>Adds the worker that makes Cyrus match, and the queries of pages to Cyrus.</summary>
    public static IServiceCollection AddWorker(this IServiceCollection services, CyrusOptions cyrus, SieveOptions sieve)
    {
        services.AddCyrus(cyrus);
        services.AddSieve(sieve);
        services.AddSingleton<IMailServer, CyrusMailServer>();
        services.AddSingleton<UserJobs>();
        services.AddSingleton<JobRunner>();
        services.AddSingleton<MailboxComparer>();
        services.AddSingleton<ScriptComparer>();
        services.AddSingleton<IDriftCheck, DriftCheck>();
        services.AddHostedService<DriftHostedService>();
        services.AddWatchedLoop<WorkerHostedService>();
        services.AddHostedService<QuotaWatchHostedService>();
        services.AddHostedService<VacationCheckHostedService>();
        services.AddMailboxCopying();
        return services;
    }

    /// <summary>Adds the follower, which keeps this host's Postfix maps equal to the database's.</summary>
    public static IServiceCollection AddFollower(this IServiceCollection services, MapOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<Postmap>();
        services.AddSingleton<SmtpdReloadTrigger>();
        services.AddSingleton<Follower>();
        services.AddSingleton<MapComparer>();
        services.AddSingleton<MailQueue>();
        services.AddSingleton<SwitchAgent>();
        services.AddSingleton(
            provider => StoreNextHopOf(provider.GetRequiredService<MailLayout>(), provider.GetRequiredService<MailQueue>()));
        services.AddSingleton<IMailHost, PostfixMailHost>();
        services.AddSingleton<IReturnAddresses, SrsReturnAddresses>();
        services.AddWatchedLoop<FollowerHostedService>();
        services.AddHostedService<SwitchHostedService>();
        return services;
    }

    /// <summary>Adds the check whether changes and mail arrive, for pages and monitors, which query no server for it.</summary>
    public static IServiceCollection AddMailDelivery(this IServiceCollection services) =>
        services.AddHostedService<MailDeliveryHostedService>();

    private static StoreNextHop StoreNextHopOf(MailLayout layout, MailQueue queue) => new(layout.NextHop, layout.Store, queue);
}
