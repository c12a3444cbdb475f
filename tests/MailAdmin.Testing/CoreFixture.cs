using System.Net;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Passwords;
using MailAdmin.Core.Redirects;
using MailAdmin.Core.Results;
using MailAdmin.Core.Routing;
using MailAdmin.Core.SecondFactors;
using MailAdmin.Testing.Hosts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace MailAdmin.Testing;

/// <summary>
/// The services on a database file of their own, and helpers that add the manual's domain. Each test makes its own fixture.
/// </summary>
public sealed class CoreFixture : IAsyncDisposable
{
    public const string GoodPassword = "Zeven3Koeien!";

    private readonly TestDatabase _database = TestDatabase.Create();
    private readonly ServiceProvider _services;

    /// <summary>The names of the mail host that the maps are for.</summary>
    public static MailHostNames Host { get; } = new(DomainName.Parse("mx.lab.example"))
    {
        Origin = DomainName.Parse("origin.lab.example"),
        Postmaster = "root@hoster.example",
        ReservedUsernames = new HashSet<string>(StringComparer.Ordinal) { "imapadmin", "backup0002" },
    };

    private CoreFixture(MailHostNames? host = null, IReturnAddresses? returns = null)
    {
        var services = new ServiceCollection().AddSingleton<TimeProvider>(Clock);
        services.AddSingleton(returns ?? new KnownReturns());
        services.AddMailAdminCore(_database.OptionsFor(host ?? Host), new PasswordOptions { Cost = 4 });
        services.AddSecondFactors();
        _services = services.BuildServiceProvider();
    }

    /// <summary>For tests of the database's files.</summary>
    public string File => _services.GetRequiredService<DatabaseOptions>().File;

    public FakeTimeProvider Clock { get; } = new(TestDatabase.PreparedAt);

    public MailDatabase Database => _services.GetRequiredService<MailDatabase>();

    public DomainService Domains => _services.GetRequiredService<DomainService>();

    public AccountService Accounts => _services.GetRequiredService<AccountService>();

    public AliasService Aliases => _services.GetRequiredService<AliasService>();

    public RedirectService Redirects => _services.GetRequiredService<RedirectService>();

    public AdminService Admins => _services.GetRequiredService<AdminService>();

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    /// <summary>The domain admin of exemple.be.</summary>
    public static Actor Jens(params long[] domains) => new(7, "jens", AdminRole.DomainAdmin, "127.0.0.1", domains.ToHashSet());

    /// <param name="addresses">The mail host's own IP addresses.</param>
    /// <param name="host">The mail host, if it is not <see cref="Host"/>.</param>
    /// <param name="returns">Recognizes return addresses; <see cref="KnownReturns"/> by default.</param>
    public static async Task<CoreFixture> CreateAsync(
        IReadOnlySet<IPAddress>? addresses = null, MailHostNames? host = null, IReturnAddresses? returns = null)
    {
        var fixture = new CoreFixture(addresses is null ? host : (host ?? Host) with { Addresses = addresses }, returns);
        await fixture._database.FillAsync();
        return fixture;
    }

    /// <summary>Does not prepare the database: for tests of the preparation itself.</summary>
    public static CoreFixture CreateUnprepared() => new();

    public async Task<MailDomain> AddDomainAsync(
        string name = "exemple.be", string prefix = "exemple", int? max = 10, Func<NewDomain, NewDomain>? change = null)
    {
        var request = new NewDomain(DomainName.Parse(name), Prefix.Parse(prefix)) { MaxAccounts = max, DefaultQuota = new Quota(25_000) };
        return Value(await Domains.CreateAsync(change?.Invoke(request) ?? request, Actor.Panel));
    }

    public Task<Result<Account>> TryAddAccountAsync(
        MailDomain domain, string localPart, Quota? quota = null, Actor? actor = null, string password = GoodPassword) =>
        Accounts.CreateAsync(
            new NewAccount(domain.Id, LocalPart.Parse(localPart), quota ?? new Quota(25_000), password, password), actor ?? Actor.Panel);

    /// <summary>Adds an account whose mailbox is in place, as after the worker has created it.</summary>
    public async Task<Account> AddAccountAsync(MailDomain domain, string localPart)
    {
        var account = Value(await TryAddAccountAsync(domain, localPart));
        await ChangeAsync<Account>(account.Id, a => a.MailboxReady = true);
        return account;
    }

    public async Task<MailAddress> AddAliasAsync(MailDomain domain, string localPart, params string[] destinations) =>
        Value(await Aliases.CreateAsync(domain.Id, LocalPart.Parse(localPart), destinations, Actor.Panel));

    public Task ChangeAsync<T>(long id, Action<T> change) where T : class =>
        Database.WriteAsync(Actor.Panel, async write => change((await write.Context.FindAsync<T>(id))!));

    /// <summary>Deletes the domain as an admin does who has seen the preview and typed the name.</summary>
    public async Task<Result<DeletedDomain>> DeleteAsync(MailDomain domain)
    {
        var deletions = Get<DomainDeletionService>();
        var contents = await deletions.PreviewAsync(domain.Id);
        await using var context = Database.Open();
        var version = await context.Domains.Where(d => d.Id == domain.Id).Select(d => d.Version).SingleOrDefaultAsync();
        return await deletions.DeleteAsync(domain.Id, new DomainDeletion(version, contents?.Stamp, domain.Name.Display), Actor.Panel);
    }

    /// <summary>The rows of a map that Postfix is to see, as <c>key -> value</c>.</summary>
    public async Task<Dictionary<string, string>> MapAsync(PostfixMap map)
    {
        await using var context = Database.Open();
        return await context.MapEntries.Where(e => e.Map == map && e.Value != null).ToDictionaryAsync(e => e.Key, e => e.Value!);
    }

    public static T Value<T>(Result<T> result)
    {
        Assert.True(result.Succeeded, string.Join(", ", result.Problems.Select(p => $"{p.Field}: {p.Code} {string.Join(' ', p.Args)}")));
        return result.Value!;
    }

    public static void RefusedWith(string code, string? field, Result result)
    {
        Assert.False(result.Succeeded);
        Assert.Contains((code, field), result.Problems.Select(p => (p.Code, p.Field)));
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }
}
