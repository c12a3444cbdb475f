using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Drift;
using MailAdmin.Core.Hosters;
using MailAdmin.Core.Imports;
using MailAdmin.Core.Routing;
using MailAdmin.Web.Tests.Shared;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Web.Tests.Roles;

/// <summary>Whose domain the route is requested for.</summary>
internal enum Whose
{
    Own,
    Foreign,
    Unknown,
}

/// <summary>Two customers with an account and an alias each, one admin of every role, and a visitor who is not signed in.</summary>
internal sealed class RouteWorld : IAsyncDisposable
{
    private readonly Dictionary<(Whose, string), string> _values = [];

    public PanelApplication Panel { get; } = new();

    /// <summary>A visitor for each role; "nobody" is not signed in.</summary>
    public Dictionary<string, Visitor> Visitors { get; } = new(StringComparer.Ordinal);

    public static async Task<RouteWorld> CreateAsync()
    {
        var world = new RouteWorld();
        var panel = world.Panel;
        await panel.SignedInAsync();
        var own = await world.AddCustomerAsync(Whose.Own, "exemple.be", "exemple");
        await world.AddCustomerAsync(Whose.Foreign, "voisin.example", "voisin");
        await panel.AddAdminAsync("luc", AdminRole.DomainAdmin, own);
        await panel.AddAdminAsync("sam", AdminRole.Support, own);
        await panel.AddAdminAsync("ann", AdminRole.Support);
        await panel.ChangeAdminAsync("ann", a => a.SeesAllDomains = true);
        Logo.TryRead(
            [0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, 0, 1, 0, 1, 1, 1, 0x11, 0, 0xff, 0xda, 0, 2, 1, 2, 3, 0xff, 0xd9], out var logo, out _);
        await panel.Get<HosterService>().ChangeLogoAsync(logo, Actor.Panel);
        await world.AddValuesAsync();
        world.Visitors["superuser"] = await Visitor.SignInAsync(panel, "jens");
        world.Visitors["domain admin"] = await Visitor.SignInAsync(panel, "luc");
        world.Visitors["support"] = await Visitor.SignInAsync(panel, "sam");
        world.Visitors["support of all"] = await Visitor.SignInAsync(panel, "ann");
        foreach (var (role, name) in
            new[] { ("superuser", "jens"), ("domain admin", "luc"), ("support", "sam"), ("support of all", "ann") })
            world.Visitors[$"token of {role}"] = await Visitor.WithBearerAsync(panel, await panel.AddTokenAsync(name));
        world.Visitors["nobody"] = await Visitor.OfNobodyAsync(panel);
        await panel.Database.KeepAsync();
        return world;
    }

    /// <summary>The value of a route's parameter: an account, an alias of that customer.</summary>
    public string ValueOf(PanelRoute route, Whose whose, string name)
    {
        var kind = name == "id" ? KindOfId(route.Template) : name;
        return _values.TryGetValue((whose, kind), out var value) ? value
            : throw new InvalidOperationException($"Tell {nameof(RouteWorld)} what {{{name}}} of {route.Key} is.");
    }

    /// <summary>The number of changes so far; a refused request adds none.</summary>
    public async Task<long> ChangesAsync()
    {
        await using var context = Panel.Get<MailDatabase>().Open();
        return await context.ChangeCounters.Select(c => c.Last).SingleAsync();
    }

    /// <summary>Restores the database as it was, whatever was sent.</summary>
    public async Task RestoreAsync()
    {
        await Panel.Database.RestoreAsync();
        await Panel.Get<HosterRepository>().RefreshAsync();
    }

    public ValueTask DisposeAsync() => Panel.DisposeAsync();

    private async Task<MailDomain> AddCustomerAsync(Whose whose, string name, string prefix)
    {
        var domain = await Panel.AddDomainAsync(name, prefix);
        var account = await Panel.AddAccountAsync(domain, "gugus.dupont");
        var alias = (
            await Panel.Get<AliasService>()
                .CreateAsync(domain.Id, LocalPart.Parse("info"), [account.Username.Value, "a@example.org"], Actor.Panel)).Value!;
        _values[(whose, "domain")] = name;
        _values[(whose, "username")] = account.Username.Value;
        _values[(whose, "alias")] = $"{alias.Id}";
        _values[(whose, "destinationId")] = $"{alias.Destinations[0].Id}";
        var second = (await Panel.Get<AccountAddressService>().AddAsync(account.Id, LocalPart.Parse("gugus"), Actor.Panel)).Value!;
        _values[(whose, "address")] = $"{second.Addresses.Single(a => a.LocalPart == LocalPart.Parse("gugus")).Id}";
        await Panel.Get<DomainAliasService>().AddAsync(domain.Id, [DomainName.Parse($"autre-{name}")], Actor.Panel);
        _values[(whose, "name")] = $"autre-{name}";
        var gone = await Panel.AddAccountAsync(domain, "parti");
        await Panel.Get<AccountService>().DeleteAsync(gone.Id, gone.Version, forGood: false, Actor.Panel);
        _values[(whose, "deleted")] = $"{gone.Id}";
        _values[(whose, "import")] = await ImportAsync("nouveau", domain.Id);
        return domain;
    }

    private static string KindOfId(string template) => template switch
    {
        _ when template.StartsWith("/admins/", StringComparison.Ordinal) => "admin",
        _ when template.StartsWith("/drift/", StringComparison.Ordinal) => "finding",
        _ when template.StartsWith("/provisioning/", StringComparison.Ordinal) => "job",
        _ when template.Contains("/addresses/", StringComparison.Ordinal) => "address",
        _ when template.Contains("/deleted/", StringComparison.Ordinal) => "deleted",
        _ when template.StartsWith("/import/", StringComparison.Ordinal) => "list",
        _ when template.Contains("/import/", StringComparison.Ordinal) => "import",
        _ => "alias",
    };

    private async Task<string> ImportAsync(string text, long? domainId)
    {
        var list = MailListParser.Read(text).Value!;
        return $"{(await Panel.Get<ImportService>().PreviewAsync(new(list, domainId, null, false), Actor.Panel)).Value!.Id}";
    }

    private async Task AddValuesAsync()
    {
        (_values[(Whose.Unknown, "domain")], _values[(Whose.Unknown, "username")]) = ("unknown.example", "unknown0001");
        foreach (var kind in (string[])["alias", "destinationId", "address", "deleted", "import"]) _values[(Whose.Unknown, kind)] = "987654";
        _values[(Whose.Unknown, "name")] = "autre-unknown.example";
        var run = (await Panel.Get<DriftRepository>().BeginAsync())!;
        var orphan = new DriftFinding { RunId = run.Id, Kind = DriftKind.MailboxOrphaned, Subject = "personne" };
        await Panel.Get<DriftRepository>().SaveAsync(run.Id, [orphan], r => r.Phase = DriftPhase.Finished);
        _values[(Whose.Own, "list")] = await ImportAsync("nouvelle@exemple.be", null);
        _values[(Whose.Own, "finding")] = $"{orphan.Id}";
        await using var context = Panel.Get<MailDatabase>().Open();
        _values[(Whose.Own, "admin")] = $"{await context.Users.Where(a => a.UserName == "luc").Select(a => a.Id).SingleAsync()}";
        _values[(Whose.Own, "job")] = $"{await context.Jobs.MinAsync(t => t.Id)}";
        foreach (var host in (string[])["mx1.example.org", "mx2.example.org"])
            await Panel.Get<MapRepository>().SavePositionAsync(host, 1, null, default);
        _values[(Whose.Own, "host")] = "mx1.example.org";
        (_values[(Whose.Own, "token")], _values[(Whose.Own, "status")]) = ("0123456789abcdef", "404");
    }
}
