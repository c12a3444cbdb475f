using MailAdmin.Benchmarks.Figures;
using MailAdmin.Benchmarks.Servers;

namespace MailAdmin.Benchmarks.Panel;

/// <summary>
/// How long each page takes on a host of 1,000 domains and 100,000 accounts, for every role. The published panel has no Cyrus here: the
/// quota cells, which are requested beside the page, are not the panel's own time.
/// </summary>
internal sealed class PagesBenchmark : IBenchmark
{
    private const string Usual = "/domains/" + LargeHost.UsualDomain;
    private const string Large = "/domains/" + LargeHost.LargeDomain;
    private const string Account = Usual + "/accounts/c2x0001";

    // Pages that every role sees. The others are for the superuser, with more orders of the lists.
    private static readonly string[] Common =
    [
        "/", "/domains", "/domains?q=kunde", Usual + "/accounts", Usual + "/accounts?first=80", Usual + "/accounts?q=person7", Account,
        Account + "/client-settings",
        Usual + "/aliases", Usual + "/aliases/55001", Usual + "/catch-all", Account + "/redirect", "/search?q=person7", "/search?q=liste_1",
        "/trace?address=liste_1@kunde2.example", "/settings",
    ];

    private static readonly string[] Superusers =
    [
        "/domains?sort=name&dir=desc", "/domains?sort=prefix", "/domains?sort=accounts&dir=desc", "/domains?sort=quota",
        "/domains?sort=aliases&dir=desc", "/domains?sort=state",
        "/domains?first=990", "/domains?q=kunde5", "/domains/new", Usual + "/settings", Usual + "/delete", Large + "/delete",
        Usual + "/names",
        Large + "/accounts", Large + "/accounts?first=10080", Large + "/accounts?sort=address", Large + "/accounts?sort=username&dir=desc",
        Large + "/accounts?sort=lastLogin",
        Large + "/accounts?sort=quota", Large + "/accounts?sort=state", Large + "/accounts?q=person99", Large + "/accounts?size=100",
        Usual + "/accounts/new", Usual + "/accounts/deleted",
        Account + "/password", Account + "/addresses", Account + "/services", Account + "/state", Account + "/quota", Account + "/vacation",
        Account + "/delete", Account + "/catch-all",
        Large + "/aliases", Large + "/aliases?sort=destinations&dir=desc", Large + "/aliases?q=member", Large + "/aliases/35001",
        Large + "/aliases/35001?first=490", Large + "/aliases/35001/delete",
        Usual + "/aliases/new", "/search?q=person7.name7", "/search?q=kunde500", "/search?q=00@exam", "/search?q=e",
        "/search?q=nobody-there", "/search?q=c500x0099",
        "/trace?address=person1.name2@kunde2.example", "/admins", "/admins/new", "/admins/3", "/hoster",
    ];

    public string Name => "pages";

    public string What => "every page on a large host";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run)
    {
        using var published = await PublishedPanel.PublishAsync(run);
        using var host = await LargePanel.CreateAsync(run);
        await using var panel = published.Start(host.Settings, host.Url);
        await panel.FirstPageAsync();
        var pages = new List<TimedPage>();
        foreach (
            var (name, paths) in (
                IEnumerable<(string, IEnumerable<string>)>)[("superuser", [.. Common, .. Superusers]), ("one", Common), ("many", Common),
                ("support", Common)])
        {
            var client = await PanelClient.SignInAsync(host.Url, name, MailHost.Password);
            pages.AddRange(paths.Select(path => new TimedPage(name, path, client)));
        }
        // Rounds until the runtime has fully compiled the measured code, as in a panel that has run for a while.
        await RoundsAsync(pages, run.Size(150, 3));
        pages.ForEach(p => p.Times.Clear());
        var before = panel.ProcessorTime;
        await RoundsAsync(pages, run.Size(60, 5));
        var processor = (panel.ProcessorTime - before) / pages.Sum(p => p.Times.Count);
        foreach (var client in pages.Select(p => p.Client).Distinct()) client.Dispose();
        return [.. Summary(pages, processor.TotalMilliseconds), .. pages.OrderByDescending(p => p.Times.P95).Select(p => p.Figure)];
    }

    // The pages take turns, so that other load on the machine affects all of them alike.
    private static async Task RoundsAsync(List<TimedPage> pages, int rounds)
    {
        for (var i = 0; i < rounds; i++)
            foreach (var page in pages) await page.Times.TimeAsync(() => page.Client.GetAsync(page.Path));
    }

    private static IEnumerable<Figure> Summary(List<TimedPage> pages, double processor) =>
    [
        new("all pages together, 95th percentile", Samples.Together(pages.Select(p => p.Times)).P95, "ms", Target: Target.AtMost(20)),
        new($"the slowest of {pages.Count} pages, its 95th percentile", pages.Max(p => p.Times.P95), "ms", Target: Target.AtMost(20)),
        new("its median", pages.Max(p => p.Times.Median), "ms"),
        new("pages whose 95th percentile is over 20 ms", pages.Count(p => p.Times.P95 > 20), "", Target: Target.AtMost(0)),
        new("a page's median", pages.Select(p => p.Times.Median).Order().ElementAt(pages.Count / 2), "ms"),
        new("processor time of a page, on average", processor, "ms"),
    ];

    private sealed record TimedPage(string Who, string Path, PanelClient Client)
    {
        public Samples Times { get; } = new();

        public Figure Figure => new($"{Who}: {Path}, 95th percentile", Times.P95, "ms", Times.Median, "median", Target.AtMost(20));
    }
}
