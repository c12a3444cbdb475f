using System.Diagnostics;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Passwords;
using MailAdmin.Core.Results;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MailAdmin.Sandbox.Example;

/// <summary>
/// The manual's example: domain exemple.be with its accounts and aliases, another domain, and a superuser to see them with. The data is
/// created by the same services that the pages use, so it also exercises them.
/// </summary>
internal sealed class ExampleData(IServiceProvider services)
{
    private readonly List<SandboxAccount> _accounts = [];

    /// <summary>Creates the database if necessary and fills it, before the panel is started for the first time.</summary>
    public static async Task<ExampleSignIns> FillAsync(string database, CancellationToken cancellationToken)
    {
        await using var services = Services(database);
        await services.GetRequiredService<DatabasePreparation>().RunAsync(cancellationToken);
        return await new ExampleData(services).FillAsync();
    }

    /// <summary>
    /// Waits until the worker has created the mailboxes, so that the listed passwords work. It does not wait for mailboxes that Cyrus
    /// refuses, and no longer than <paramref name="patience"/>: the panel shows what is pending.
    /// </summary>
    public static async Task InPlaceAsync(string database, TimeSpan patience, CancellationToken cancellationToken)
    {
        await using var services = Services(database);
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < patience)
        {
            await using (var context = services.GetRequiredService<MailDatabase>().Open())
                if (!await context.Jobs.AnyAsync(t => t.Kind == JobKind.Mailbox && !t.Refused, cancellationToken)) return;
            await Task.Delay(20, cancellationToken);
        }
    }

    private static ServiceProvider Services(string database)
    {
        // The panel sets the store's real next hop from its settings.
        var options = new DatabaseOptions { File = database, StoreName = DomainName.Parse(MailNames.Store), StoreNextHop = "store:unset" };
        return new ServiceCollection().AddMailAdminCore(options, new PasswordOptions()).BuildServiceProvider();
    }

    private async Task<ExampleSignIns> FillAsync()
    {
        var password = PasswordGenerator.Create();
        Done(await services.GetRequiredService<AdminService>()
            .CreateFirstAsync("superuser", password, password, language: null, remoteAddress: null));
        var domain = await AddDomainAsync("exemple.be", "exemple", 10);
        await AddAccountAsync(domain, "gugus.dupont");
        await AddAccountAsync(domain, "pascal");
        await AddAliasAsync(domain, "gugus", "exemple0001");
        await AddAliasAsync(domain, "redirection", "support@example.org");
        await AddAliasAsync(domain, "any", "exemple0001", "support@example.org", "pascal@exemple.be");
        await AddAccountAsync(await AddDomainAsync("voisin.example", "voisin", 5), "lea");
        return new(new("superuser", password), _accounts);
    }

    private async Task<MailDomain> AddDomainAsync(string name, string prefix, int maxAccounts)
    {
        var quota = new Quota(25_000);
        var request = new NewDomain(
            DomainName.Parse(name), Prefix.Parse(prefix))
        { MaxAccounts = maxAccounts, DefaultQuota = quota, MaxQuota = quota };
        return Done(await services.GetRequiredService<DomainService>().CreateAsync(request, Actor.Panel));
    }

    private async Task AddAccountAsync(MailDomain domain, string localPart)
    {
        var password = PasswordGenerator.Create();
        var request = new NewAccount(domain.Id, LocalPart.Parse(localPart), domain.DefaultQuota, password, password);
        var account = Done(await services.GetRequiredService<AccountService>().CreateAsync(request, Actor.Panel));
        _accounts.Add(new(account.Username.Value, $"{localPart}@{domain.Name}", password));
    }

    private async Task AddAliasAsync(MailDomain domain, string localPart, params string[] destinations) =>
        Done(await services.GetRequiredService<AliasService>()
            .CreateAsync(domain.Id, LocalPart.Parse(localPart), destinations, Actor.Panel));

    private static T Done<T>(Result<T> result) where T : class =>
        result.Value
            ?? throw new InvalidOperationException(
                "The example is refused: " + string.Join(", ", result.Problems.Select(p => $"{p.Field} {p.Code}")));
}
