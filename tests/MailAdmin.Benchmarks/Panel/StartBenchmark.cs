using System.Diagnostics;
using MailAdmin.Benchmarks.Figures;
using MailAdmin.Benchmarks.Servers;
using MailAdmin.Core.Admins;

namespace MailAdmin.Benchmarks.Panel;

/// <summary>How soon the published panel answers, and how much memory it uses after it has served many pages.</summary>
internal sealed class StartBenchmark : IBenchmark
{
    private static readonly string[] Pages = ["/", "/domains", "/domains/many.example/accounts", "/domains/many.example/accounts/new",
        "/domains/many.example/aliases"];

    public string Name => "start";

    public string What => "the published panel";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run)
    {
        await using var passing = await PassingSandbox.StartAsync(run);
        await passing.Sandbox.Panel.StopAsync();
        await using (var host = await MailHost.CreateAsync(passing.Sandbox))
        {
            MailHost.Done(await host.Get<AdminService>().CreateFirstAsync("superuser", MailHost.Password, MailHost.Password, null, null));
            var domain = await host.AddDomainAsync("many");
            for (var i = 0; i < 60; i++) await host.AddAccountAsync(domain, $"somebody{i}");
        }
        using var published = await PublishedPanel.PublishAsync(run);
        var starts = new Samples();
        var runtime = new Samples();
        for (var i = -1; i < run.Size(7, 2); i++)
        {
            if (i == 0) (starts, runtime) = (new Samples(), new Samples());
            await runtime.TimeAsync(BareRuntimeAsync);
            await using var once = published.Start(passing.Sandbox);
            starts.Add(await once.FirstPageAsync());
        }
        var (first, last) = await MemoryAsync(published, passing.Sandbox, run.Size(3_000, 300));
        return
        [
            new("process start → first page (median)", starts.Median / 1_000, "s", runtime.Median / 1_000, "dotnet --version",
                Target.AtMost(1)),
            new("the slowest", starts.Max / 1_000, "s"),
            new($"anonymous memory after {run.Size(3_000, 300):N0} pages", last, "MB", first, "after the first page", Target.AtMost(100)),
        ];
    }

    private static async Task<(double First, double Last)> MemoryAsync(PublishedPanel published, Sandbox.MailSandbox sandbox, int pages)
    {
        await using var panel = published.Start(sandbox);
        await panel.FirstPageAsync();
        var first = MemoryWatch.Of(panel.ProcessId);
        using var client = await PanelClient.SignInAsync(sandbox.PanelUrl, "superuser", MailHost.Password);
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var i && i < pages) await client.GetAsync(Pages[i % Pages.Length]);
        })));
        return (first, MemoryWatch.Of(panel.ProcessId));
    }

    // Measures the machine's own speed at that moment, with a runtime that starts and does nothing.
    private static async Task BareRuntimeAsync()
    {
        using var dotnet = Process.Start(
            new ProcessStartInfo("dotnet", ["--version"]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        await dotnet.StandardOutput.ReadToEndAsync();
        await dotnet.WaitForExitAsync();
    }
}
