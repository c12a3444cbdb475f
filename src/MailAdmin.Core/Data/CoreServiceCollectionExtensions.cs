using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Audit;
using MailAdmin.Core.CatchAlls;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Drift;
using MailAdmin.Core.Hosters;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.PasswordLinks;
using MailAdmin.Core.Passwords;
using MailAdmin.Core.Redirects;
using MailAdmin.Core.Routing;
using MailAdmin.Core.Scripts;
using MailAdmin.Core.Search;
using MailAdmin.Core.Sending;
using MailAdmin.Core.Vacations;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MailAdmin.Core.Data;

public static class CoreServiceCollectionExtensions
{
    /// <summary>The model's database, services and repositories.</summary>
    public static IServiceCollection AddMailAdminCore(this IServiceCollection services, DatabaseOptions options, Passwords.PasswordOptions passwords)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton(options.Host);
        services.AddPasswords(passwords);
        // Passkeys have a table from this version on.
        services.Configure<IdentityOptions>(o => o.Stores.SchemaVersion = IdentitySchemaVersions.Version3);
        services.AddDatabase(options.File);
        services.AddSingleton<DomainService>().AddSingleton<DomainDeletionService>().AddSingleton<AccountService>().AddSingleton<AliasService>().AddSingleton<AdminService>();
        services.AddSingleton<RedirectService>().AddSingleton<RedirectRepository>().AddSingleton<CatchAllService>().AddSingleton<CatchAllRepository>().AddSingleton<DomainAliasService>();
        services.AddSingleton<DomainRoutingService>().AddSingleton<DomainSwitchRepository>().AddSingleton<RoutingPreviewRepository>().AddSingleton<MailHostService>();
        services.AddSingleton<OwnSettingsService>().AddSingleton<OwnSessions>().AddSingleton<SignInFailures>().AddSingleton<AdminRepository>().AddSingleton<HosterService>().AddSingleton<HosterRepository>();
        services.AddSingleton<AccountAddressService>().AddSingleton<AccountStateService>().AddSingleton<AccountMailboxService>();
        services.AddSingleton<FreeNames>().TryAddSingleton<IMailboxNames, UnknownMailboxNames>();
        services.TryAddSingleton<IReturnAddresses, UnknownReturnAddresses>();
        services.AddSingleton<AccountAddressRepository>().AddSingleton<DeletionImpactReader>().AddSingleton<QuotaStateRepository>().AddSingleton<ClientHostsReader>();
        services.AddSingleton<DomainRepository>().AddSingleton<AccountRepository>().AddSingleton<AliasRepository>().AddSingleton<SessionRepository>();
        services.AddSingleton<VacationCheckRepository>().TryAddSingleton(new VacationOptions());
        services.AddSingleton<DriftAccounts>().AddSingleton<DriftRepository>().AddSingleton<DriftService>();
        services.AddSingleton<RightsHolders>().AddSingleton<ScriptAddresses>().AddSingleton<ScriptService>();
        services.AddSingleton<PasswordLinkService>().AddSingleton<PasswordLinkRepository>();
        services.AddSingleton<AuditVerifier>().AddSingleton<AuditRepository>();
        services.AddSingleton<VacationService>().AddSingleton<VacationRepository>().AddSingleton<SearchRepository>();
        services.AddSingleton<OutboxRepository>().AddSingleton<TaskRepository>().AddSingleton<TaskService>().AddSingleton<MapRepository>().AddSingleton<ResolverRepository>().AddSingleton<MailboxRepository>().AddSingleton<LoginDirectory>().AddSingleton<SenderDirectory>().AddSingleton<ISenderRights, SenderRights>();
        services.AddSingleton<SendingService>().AddSingleton<SendingRepository>();
        return services;
    }

    private static void AddDatabase(this IServiceCollection services, string file)
    {
        services.AddPooledDbContextFactory<SqliteMailContext>(builder => SqliteMailContext.Configure(builder, file));
        services.AddSingleton<Func<MailContext>>(provider => provider.GetRequiredService<IDbContextFactory<SqliteMailContext>>().CreateDbContext);
        services.AddScoped<MailContext>(provider => provider.GetRequiredService<Func<MailContext>>()());
        services.AddSingleton<ChangeSignals>();
        services.AddSingleton<MailDatabase>();
        services.AddSingleton<DatabasePreparation>().AddSingleton<DatabaseHealth>();
    }
}
