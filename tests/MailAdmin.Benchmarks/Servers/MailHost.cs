using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Passwords;
using MailAdmin.Core.Results;
using MailAdmin.Provisioning;
using MailAdmin.Provisioning.Logins;
using MailAdmin.Provisioning.Postfix;
using MailAdmin.Provisioning.Worker;
using MailAdmin.Sandbox;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PanelSettings = MailAdmin.Web.Hosting.PanelSettings;
using SettingsReader = MailAdmin.Web.Hosting.SettingsReader;

namespace MailAdmin.Benchmarks.Servers;

/// <summary>
/// The panel's services in this process, on a sandbox whose panel is stopped. It is the product's own code with its own settings, and its
/// parts are started and stopped one by one.
/// </summary>
internal sealed class MailHost : IAsyncDisposable
{
    // Hashing is measured separately; here it would hide everything else.
    private static readonly PasswordOptions CheapPasswords = new() { Cost = 4 };

    private readonly ServiceProvider _services;

    private MailHost(ServiceProvider services) => _services = services;

    public const string Password = "Zeven3Koeien!";

    public MailDatabase Database => Get<MailDatabase>();

    public IHostedService Worker => Get<WorkerHostedService>();

    public IHostedService Follower => Get<FollowerHostedService>();

    public IHostedService Logins => _services.GetServices<IHostedService>().OfType<SaslauthdHostedService>().Single();

    /// <summary>Reads the sandbox's settings and prepares its database. Nothing runs yet.</summary>
    public static async Task<MailHost> CreateAsync(MailSandbox sandbox)
    {
        var settings = SettingsReader.Read(
            new ConfigurationBuilder().AddJsonFile(sandbox.Folder.PanelSettings).Build(), sandbox.Folder.PanelSettings);
        var services = new ServiceCollection()
            .AddLogging(log => log.AddSimpleConsole(o => o.SingleLine = true).SetMinimumLevel(LogLevel.Warning));
        services.AddMailAdminCore(settings.ToDatabaseOptions(), CheapPasswords);
        services.AddWorker(settings.Cyrus!, settings.Sieve);
        services.AddFollower(settings.Maps);
        AddLogins(services, settings);
        var host = new MailHost(services.BuildServiceProvider());
        await host.Get<DatabasePreparation>().RunAsync();
        return host;
    }

    public T Get<T>() where T : notnull =>
        _services.GetService<T>() ?? _services.GetServices<IHostedService>().OfType<T>().Single();

    public async Task StartProvisioningAsync()
    {
        await Worker.StartAsync(default);
        await Follower.StartAsync(default);
    }

    /// <param name="name">The domain's name, a new one each time that the folder is used.</param>
    /// <param name="folders">The default folders of its mailboxes.</param>
    public async Task<MailDomain> AddDomainAsync(string name, params string[] folders)
    {
        var request = new NewDomain(DomainName.Parse(name + ".example"), Prefix.Parse(name)) { Folders = folders };
        return Done(await Get<DomainService>().CreateAsync(request, Actor.Panel));
    }

    public async Task<Account> AddAccountAsync(MailDomain domain, string localPart) => Done(await Get<AccountService>().CreateAsync(
        new NewAccount(domain.Id, LocalPart.Parse(localPart), new Quota(25_000), Password, Password), Actor.Panel));

    public static T Done<T>(Result<T> result) =>
        result.Value ?? throw new InvalidOperationException(string.Join(", ", result.Problems.Select(p => $"{p.Field} {p.Code}")));

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services.GetServices<IHostedService>().Reverse()) await service.StopAsync(default);
        await _services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
    }

    private static void AddLogins(IServiceCollection services, PanelSettings settings) => services.AddLogins(
        settings.Logins,
        settings.Cyrus,
        provider => provider.GetRequiredService<LoginDirectory>().Find,
        provider =>
            (batch, token) =>
            provider.GetRequiredService<LoginDirectory>().SaveLastLoginsAsync(batch.Select(l => (l.AccountId, l.Service, l.At)), token));
}
