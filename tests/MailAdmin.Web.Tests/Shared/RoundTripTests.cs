using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Web.Tests.Roles;
using Microsoft.AspNetCore.Routing;

namespace MailAdmin.Web.Tests.Shared;

/// <summary>
/// How often a page queries the database: at most four times, no more for many rows than for few, and never with a scan of a whole large
/// table.
/// </summary>
public sealed class RoundTripTests
{
    private const int Most = 4;

    // These pages carry the change out and roll it back (decision 0018). That takes more than four queries, but no more for many rows of
    // the same kind, as a test below shows.
    private static readonly string[] Rehearsals =
    [
        "GET /domains/{domain}/accounts/{username}/delete", "GET /domains/{domain}/accounts/{username}/catch-all",
        "GET /domains/{domain}/accounts/{username}/state",
        "GET /domains/{domain}/accounts/{username}/addresses/{id}/delete", "GET /domains/{domain}/accounts/deleted/{id}/delete",
        "GET /domains/{domain}/aliases/{id}/delete", "GET /domains/{domain}/names/{name}/delete",
        "GET /domains/{domain}/names/{name}/promote",
        // A file with everything of the domain, one query for each kind of rows; an import and its rows, which are two.
        "GET /domains/{domain}/export", "GET /domains/{domain}/import/{id}", "GET /domains/{domain}/import/{id}/wrong",
    ];

    // The same pages with a search, a sort order, another page of the list. A trace of an address is not among them: it sends a query for
    // each step of the way.
    private static readonly string[] Asked =
    [
        "/domains?q=exemple&sort=aliases&dir=desc", "/domains/exemple.be/routing/change?NextHop=smtp:[old.example.net]",
        "/domains/exemple.be/accounts?q=a&sort=address&dir=desc", "/domains/exemple.be/aliases?q=liste&sort=destinations&size=1",
        "/search?q=e", "/search?q=liste", "/search?q=gugus.dupont@exemple.be", "/search?q=ét&kind=domain",
        "/admins?q=luc", "/audit?domain=exemple.be&about=gugus.dupont@exemple.be&size=1&newer=1.1",
    ];

    private readonly HashSet<string> _statements = new(StringComparer.Ordinal);

    [Fact]
    public async Task Every_page_asks_at_most_four_times_with_few_rows_and_with_many()
    {
        await using var world = await RouteWorld.CreateAsync();
        await world.Panel.AddDomainAsync(ManyRows.EmptyDomain, "vide");
        var pages = PagesOf(world);
        var few = await CountAsync(world, pages);

        await ManyRows.AddAsync(world.Panel);
        var many = await CountAsync(world, pages);

        Assert.True(pages.Count > 60);
        var wrong = pages.Where(p => !Rehearsals.Contains(p.Route) && Math.Max(few[p], many[p]) > Most)
            .Select(p => $"{p.Path}: {few[p]}, {many[p]}");
        Assert.True(!wrong.Any(), string.Join('\n', wrong));
        // However many rows there are, the queries find theirs by an index.
        var scans = new QueryPlans(world.Panel.Get<DatabaseOptions>().File).Scans(_statements);
        Assert.True(scans.Count == 0, string.Join("\n\n", scans));
    }

    [Theory]
    [InlineData("/domains/exemple.be/accounts/exemple0001/delete")]
    [InlineData("/domains/exemple.be/aliases/2/delete")]
    [InlineData("/domains/exemple.be/accounts/exemple0001/catch-all")]
    [InlineData("/domains/exemple.be/accounts/exemple0001/state")]
    [InlineData("/domains/exemple.be/names/exemple.com/delete")]
    [InlineData("/domains/exemple.be/names/exemple.com/promote")]
    public async Task A_page_that_rehearses_asks_as_often_for_forty_rows_as_for_two(string path)
    {
        using var panel = new PanelApplication();
        var browser = await panel.SignedInAsync();
        var domain = await panel.AddDomainAsync();
        await panel.AddAccountAsync(domain, "gugus.dupont");
        await panel.Get<DomainAliasService>().AddAsync(domain.Id, [DomainName.Parse("exemple.com")], Actor.Panel);
        for (var n = 0; n < 2; n++) await AddAliasAsync(n);
        await browser.GetAsync(path);
        var few = panel.CountRoundTrips();
        await browser.GetAsync(path);
        var once = few.Commands.Count;
        for (var n = 2; n < 40; n++) await AddAliasAsync(n);

        var many = panel.CountRoundTrips();
        var page = await browser.GetAsync(path);

        Assert.NotEmpty(page.Document.QuerySelectorAll(".effects tbody tr"));
        Assert.Equal(once, many.Commands.Count);

        Task AddAliasAsync(int n) => panel.Get<AliasService>().CreateAsync(
            domain.Id, LocalPart.Parse($"liste{n}"), n == 0
                ? ["exemple0001"] : ["exemple0001", "liste0@exemple.be", "support@example.org"], Actor.Panel);
    }

    // Every route that shows a page, those of a domain also for an empty domain, and the pages with a query string.
    private static List<(string Route, string Path)> PagesOf(RouteWorld world)
    {
        var routes = PanelRoute.Of(world.Panel.Get<EndpointDataSource>())
            .Where(r => r.Method == "GET" && RouteTable.Routes[r.Key] != AccessLevel.Closed).ToList();
        var own = routes.Select(r => (r.Key, r.Fill(name => world.ValueOf(r, Whose.Own, name))));
        var empty = routes.Where(r => r.HasDomain && !r.HasObject).Select(r => (r.Key, r.Fill(_ => ManyRows.EmptyDomain)));
        return [.. own, .. empty, .. Asked.Select(path => ("", path))];
    }

    private async Task<Dictionary<(string Route, string Path), int>> CountAsync(RouteWorld world, List<(string Route, string Path)> pages)
    {
        var counts = new Dictionary<(string Route, string Path), int>();
        foreach (var page in pages) counts[page] = await CountAsync(world, page.Path);
        return counts;
    }

    // Takes the lowest of three counts, because the panel's background work in the meantime is not the page's.
    private async Task<int> CountAsync(RouteWorld world, string path)
    {
        var fewest = int.MaxValue;
        for (var i = 0; i < 3 && fewest > Most; i++)
        {
            var trips = world.Panel.CountRoundTrips();
            Assert.True((await world.Visitors["superuser"].AskAsync(new("GET", path), path)).IsReached, path);
            fewest = Math.Min(fewest, trips.Commands.Count);
            _statements.UnionWith(trips.Commands);
        }
        return fewest;
    }
}
