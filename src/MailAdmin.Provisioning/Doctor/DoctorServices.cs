using MailAdmin.Core.Accounts;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Routing;
using MailAdmin.Provisioning.Configuration;
using MailAdmin.Provisioning.Cyrus;
using MailAdmin.Provisioning.Postfix;
using MailAdmin.Provisioning.Sieve;
using Microsoft.Extensions.DependencyInjection;

namespace MailAdmin.Provisioning.Doctor;

public static class DoctorServices
{
    /// <summary>Adds the doctor, with a check for each part of the installation that is registered by now.</summary>
    public static IServiceCollection AddDoctor(this IServiceCollection services, DoctorOptions options, MailLayout layout)
    {
        services.AddSingleton(layout).AddSingleton<UnnamedProxies>();
        return services.AddSingleton(provider => new ServerDoctor(Checks(provider, options, layout)));
    }

    /// <summary>
    /// The checks in the order in which they are shown. Without a database file, the checks that read it are left out: opening it would
    /// create one.
    /// </summary>
    private static IEnumerable<Check> Checks(IServiceProvider provider, DoctorOptions options, MailLayout layout)
    {
        var (maps, hasDatabase) = (provider.GetService<MapOptions>(), File.Exists(options.Database));
        yield return new DatabaseCheck(provider.GetRequiredService<DatabaseHealth>(), options);
        if (hasDatabase) yield return new MigrationsCheck(provider.GetRequiredService<DatabasePreparation>(), options);
        if (hasDatabase) yield return new ClockCheck(provider.GetRequiredService<DatabaseHealth>());
        yield return new DiskCheck(options, maps, layout);
        yield return new ProxiesCheck(provider.GetRequiredService<UnnamedProxies>(), options);
        if (options.LoginSocket is { } socket) yield return new LoginSocketCheck(socket, options);
        if (options.PolicySocket is { } policy) yield return new PolicyServiceCheck(policy, options);
        if (options.MilterSocket is { } milter) yield return new MilterCheck(milter, options);
        if (provider.GetService<CyrusConnections>() is not null)
        {
            foreach (var check in CyrusChecks(provider, options, hasDatabase)) yield return check;
            yield return new ImapdSettingsCheck(options, layout);
            yield return new CyrusServicesCheck(options);
        }
        if (maps is not null)
        {
            yield return new PostmapCheck(maps);
            if (hasDatabase)
                yield return new MapsCheck(
                    maps, provider.GetRequiredService<MapRepository>(), provider.GetRequiredService<MailHostService>());
            yield return new PostfixSettingsCheck(maps, layout);
            yield return new SubmissionSettingsCheck(maps, layout);
            yield return new SieveListenerCheck(maps, options, layout);
            yield return new HostMailCheck(maps, options, layout);
            yield return new SrsCheck(layout);
            yield return new NextHopCheck(layout, provider.GetRequiredService<StoreNextHop>(), provider.GetRequiredService<TimeProvider>());
        }
        yield return new ServerAccessCheck(options, layout);
        yield return new OldTlsCheck(options);
        yield return new CertificatesCheck(options, provider.GetRequiredService<TimeProvider>());
    }

    private static IEnumerable<Check> CyrusChecks(IServiceProvider provider, DoctorOptions options, bool hasDatabase)
    {
        var (time, accounts) = (provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<MailboxRepository>());
        var cyrus = provider.GetRequiredService<CyrusOptions>();
        var imap = new ImapEndpoint(cyrus, time, accounts);
        yield return new ImapSignInCheck(imap, options);
        yield return new ImapRightsCheck(imap, options);
        yield return new SeparatorCheck(imap, options);
        if (!hasDatabase) yield break;
        yield return new NamespaceCheck(imap, options);
        yield return new QuotaCheck(imap, accounts);
        var sieve = new SieveEndpoint(provider.GetRequiredService<SieveOptions>(), cyrus, time, accounts);
        yield return new SieveSignInCheck(sieve, options);
        yield return new SieveExtensionsCheck(sieve, options);
    }
}
