using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Audit;
using MailAdmin.Core.Backups;
using MailAdmin.Core.CatchAlls;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Drift;
using MailAdmin.Core.Hosters;
using MailAdmin.Core.Imports;
using MailAdmin.Core.MailboxCopies;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.PasswordLinks;
using MailAdmin.Core.Passwords;
using MailAdmin.Core.Redirects;
using MailAdmin.Core.Routing;
using MailAdmin.Core.Scripts;
using MailAdmin.Core.Search;
using MailAdmin.Core.Sending;
using MailAdmin.Core.Takeovers;
using MailAdmin.Core.Vacations;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MailAdmin.Core.Data;

public static class CoreServiceCollectionExtensions
{
    /// <summary>Registers the model's database, services and repositories.</summary>
    public static IServiceCollection AddMailAdminCore(
        this IServiceCollection services, DatabaseOptions options, Passwords.PasswordOptions passwords)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton(options.Host);
        services.AddPasswords(passwords);
        // Passkeys need this schema version: earlier ones have no table for them.
        services.Configure<IdentityOptions>(o => o.Stores.SchemaVersion = IdentitySchemaVersions.Version3);
        services.AddDatabase(DatabaseProviders.Of(options));
        services.AddAccounts();
        services.AddAdmins();
        services.AddAliases();
        services.AddAudit();
        services.AddBackups();
        services.AddCatchAlls();
        services.AddDomains();
        services.AddDrift();
        services.AddHosters();
        services.AddImports();
        services.AddTakeovers();
        services.AddMailboxCopies();
        services.AddOutbox();
        services.AddPasswordLinks();
        services.AddRedirects();
        services.AddMailRouting();
        services.AddScripts();
        services.AddSearch();
        services.AddSending();
        services.AddVacations();
        return services;
    }

    private static void AddDatabase(this IServiceCollection services, IDatabaseProvider database)
    {
        services.AddSingleton(database);
        database.AddContext(services);
        services.AddScoped<MailContext>(provider => provider.GetRequiredService<Func<MailContext>>()());
        services.AddSingleton<ChangeSignals>();
        services.AddSingleton<MailDatabase>();
        services.AddSingleton<DatabasePreparation>();
        services.AddSingleton<DatabaseHealth>();
        services.AddSingleton<LoginDirectory>();
        services.AddSingleton<SenderDirectory>();
        services.AddSingleton<ISenderRights, SenderRights>();
    }
}
