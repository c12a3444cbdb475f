using MailAdmin.Benchmarks.Figures;

namespace MailAdmin.Benchmarks.Panel;

/// <summary>
/// What Prometheus costs on a host of 1,000 domains and 100,000 accounts: the time of a scrape, and the panel's work for it.
/// </summary>
internal sealed class ScrapeBenchmark : IBenchmark
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    public string Name => "scrape";

    public string What => "the metrics of a large host";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run)
    {
        var address = $"http://127.0.0.1:{LoopbackPort.Free()}";
        using var published = await PublishedPanel.PublishAsync(run);
        using var host = await LargePanel.CreateAsync(run, address);
        await using var panel = published.Start(host.Settings, host.Url);
        await panel.FirstPageAsync();
        using var http = new HttpClient { BaseAddress = new Uri(address) };
        for (var i = 0; i < run.Size(500, 50); i++) await ScrapeAsync(http);
        var (scrapes, ready) = (new Samples(), new Samples());
        for (var i = 0; i < run.Size(1_000, 100); i++)
        {
            await scrapes.TimeAsync(() => ScrapeAsync(http));
            await ready.TimeAsync(() => http.GetStringAsync(host.Url + "/ready"));
        }
        var length = await ScrapeAsync(http);
        return
        [
            new("a scrape, median", scrapes.Median, "ms"),
            new("its 99th percentile", scrapes.P99, "ms"),
            new("its length", length / 1_000.0, "kB"),
            new("/ready, median", ready.Median, "ms"),
            new("its 99th percentile", ready.P99, "ms"),
            new("processor time of the panel in a minute, with a scrape every 15 s", await IdleAsync(panel, http), "ms"),
        ];
    }

    // Most of it is the reading of the state, which does not wait for a scrape.
    private static async Task<double> IdleAsync(RunningPanel panel, HttpClient http)
    {
        var before = panel.ProcessorTime;
        for (var i = 0; i < 4; i++)
        {
            await Task.Delay(Interval);
            await ScrapeAsync(http);
        }
        return (panel.ProcessorTime - before).TotalMilliseconds;
    }

    private static async Task<int> ScrapeAsync(HttpClient http) => (await http.GetStringAsync("/metrics")).Length;
}
