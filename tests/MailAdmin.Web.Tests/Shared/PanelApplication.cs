using System.Text.Json;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Dns;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Passwords;
using MailAdmin.Testing;
using MailAdmin.Testing.Dns;
using MailAdmin.Web.Features.Setup;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace MailAdmin.Web.Tests.Shared;

/// <summary>The real panel on a database of its own, without servers behind it.</summary>
internal sealed class PanelApplication : WebApplicationFactory<Program>
{
    public const string Password = "Kilo7-gamma-x";

    private readonly TestDatabase _database = TestDatabase.Create();
    private readonly DatabaseOptions _options;
    private readonly TimeProvider? _clock;
    private readonly RoundTrips _trips;
    private bool _isDisposed;

    public PanelApplication(TimeProvider? clock = null)
    {
        _options = _database.OptionsFor(MailHostNames.None);
        (_clock, _trips) = (clock, new RoundTrips(_options.File));
    }

    /// <summary>Every request comes from a proxy at 192.0.2.1, which the panel trusts.</summary>
    public bool IsBehindProxy { get; init; }

    /// <summary>What the panel's questions to the DNS are answered from; without it the panel asks nobody.</summary>
    public ZoneTable? Zones { get; init; }

    /// <summary>The address of the resolver that commands ask; without it they ask nobody.</summary>
    public string? Resolver { get; set; }

    /// <summary>Additional settings, below the section of the settings file.</summary>
    public Dictionary<string, string> Settings { get; } = new(StringComparer.Ordinal);

    /// <summary>Where the panel's data is.</summary>
    public TestDatabase Database => _database;

    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    public string SetupPath => Get<SetupGate>().Path!;

    private string Folder => Path.GetDirectoryName(_options.File)!;

    /// <summary>Counts from now on the commands that the panel sends to its database; a page may send four.</summary>
    public RoundTrips CountRoundTrips()
    {
        _trips.Clear();
        return _trips;
    }

    /// <summary>Writes a settings file for commands, which run as processes of their own.</summary>
    /// <param name="database">The name of a database file in the panel's folder; by default the panel's own.</param>
    public string SettingsFile(string? database = null)
    {
        // Starting the panel creates the database.
        _ = Services;
        var path = database is null ? _options.File : Path.Combine(Folder, database);
        var file = path + ".json";
        var settings = new
        {
            Database = path,
            Store = new { Name = _options.StoreName.Value, NextHop = _options.StoreNextHop },
            Passwords = new { Cost = 4 },
            Dns = Resolver is null
                ? (object)new { Enabled = false } : new { Resolvers = (string[])[Resolver], Mx = (string[])["mail.example.org"] },
        };
        File.WriteAllText(file, JsonSerializer.Serialize(new { MailAdmin = settings }));
        return file;
    }

    public Browser NewBrowser(string language = "fr") => new(CreateClient(), language);

    /// <summary>Returns a browser in which the superuser <c>jens</c> is signed in.</summary>
    public async Task<Browser> SignedInAsync(string language = "fr")
    {
        await Get<AdminService>().CreateFirstAsync("jens", Password, Password, null, null);
        Get<SetupGate>().Close();
        return await SignInAsync("jens", language);
    }

    public async Task<Browser> SignInAsync(string name, string language = "fr")
    {
        var browser = NewBrowser(language);
        await browser.SubmitAsync("/sign-in", ("Name", name), ("Password", Password));
        return browser;
    }

    /// <summary>Adds the manual's example domain, or another customer's domain.</summary>
    public async Task<MailDomain> AddDomainAsync(
        string name = "exemple.be", string prefix = "exemple", int? maxAccounts = 10, Func<NewDomain, NewDomain>? with = null)
    {
        var request = new NewDomain(
            DomainName.Parse(name), Prefix.Parse(prefix))
        { MaxAccounts = maxAccounts, DefaultQuota = new Quota(25_000) };
        var result = await Get<DomainService>().CreateAsync(with?.Invoke(request) ?? request, Actor.Panel);
        return result.Value!;
    }

    public async Task<Account> AddAccountAsync(MailDomain domain, string localPart)
    {
        var result = await Get<AccountService>().CreateAsync(
            new NewAccount(domain.Id, LocalPart.Parse(localPart), new Quota(25_000), Password, Password), Actor.Panel);
        return result.Value!;
    }

    /// <summary>Makes the domain a large one, with aliases without destinations.</summary>
    public Task FillAsync(MailDomain domain, int aliases) => Get<MailDatabase>().WriteAsync(Actor.Panel, write =>
    {
        for (var n = 1; n <= aliases; n++)
            write.Context.Addresses.Add(
                new MailAddress { DomainId = domain.Id, LocalPart = LocalPart.Parse($"a{n}"), CreatedAt = write.Now });
        return Task.CompletedTask;
    });

    public Task AddAdminAsync(string name, AdminRole role, params MailDomain[] domains)
    {
        var hash = Get<PasswordHasher>().Hash(Password);
        return Get<MailDatabase>().WriteAsync(Actor.Panel, write =>
        {
            write.Context.Users.Add(new Admin
            {
                UserName = name,
                NormalizedUserName = AdminNames.Normalize(name),
                PasswordHash = hash,
                SecurityStamp = name,
                Role = role,
                CreatedAt = write.Now,
                Domains = [.. domains.Select(d => new AdminDomain { DomainId = d.Id })],
            });
            return Task.CompletedTask;
        });
    }

    /// <summary>Creates a token that acts as this admin.</summary>
    public async Task<string> AddTokenAsync(string admin, string name = "billing", int days = 90)
    {
        var id = (await Get<SessionRepository>().FindAdminAsync(admin))!.Id;
        var result = await Get<AdminTokenService>().PlanCreation(id, name, days, Actor.Panel).MakeAsync();
        return result.Value!.Token;
    }

    public Task ChangeAdminAsync(string name, Action<Admin> change) => Get<MailDatabase>().ExecuteWithoutAuditAsync(context =>
    {
        change(context.Users.Single(a => a.UserName == name));
        return Task.FromResult(true);
    });

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        _database.FillAsync().GetAwaiter().GetResult();
        builder.UseSetting("MailAdmin:Database", _options.File);
        builder.UseSetting("MailAdmin:Store:Name", _options.StoreName.Value);
        builder.UseSetting("MailAdmin:Store:NextHop", _options.StoreNextHop);
        builder.UseSetting("MailAdmin:Maps:Hostname", "mx.example.org");
        builder.UseSetting("MailAdmin:Maps:Origin", "origin.example.org");
        builder.UseSetting("MailAdmin:Passwords:Cost", "4");
        builder.UseSetting("MailAdmin:Dns:Enabled", "false");
        builder.UseSetting("MailAdmin:LogLevel", "Error");
        if (IsBehindProxy)
        {
            builder.UseSetting("MailAdmin:Proxies:0", ProxyFilter.Address);
            builder.ConfigureTestServices(services => services.AddTransient<IStartupFilter, ProxyFilter>());
        }
        foreach (var (name, value) in Settings) builder.UseSetting("MailAdmin:" + name, value);
        if (Zones is not null) builder.ConfigureTestServices(services => services.AddSingleton<IDnsLookup>(Zones));
        if (_clock is not null) builder.ConfigureTestServices(services => services.AddSingleton(_clock));
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing || _isDisposed) return;
        _isDisposed = true;
        _trips.Dispose();
        _database.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
