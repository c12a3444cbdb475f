using System.Diagnostics;
using MailAdmin.Benchmarks.Figures;
using MailAdmin.Benchmarks.Servers;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Routing;
using MailAdmin.Provisioning.Postfix;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Benchmarks.Maps;

/// <summary>Whether a change takes longer with large maps, and how long a rebuild takes compared to postmap alone.</summary>
internal sealed class MapsBenchmark : IBenchmark
{
    private const int Few = 1_000;
    private const int Rounds = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public string Name => "maps";

    public string What => "Postfix maps, small and large";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run)
    {
        await using var passing = await PassingSandbox.StartAsync(run);
        await passing.Sandbox.Panel.StopAsync();
        await using var host = await MailHost.CreateAsync(passing.Sandbox);
        var domain = await host.AddDomainAsync("many");
        var many = run.Size(1_000_000, 20_000);
        await AddRowsAsync(host, 0, Few);
        var few = await ChangesAsync(passing.Sandbox, host, domain, "few", run);
        run.Report($"Adding {many - Few} rows …");
        await AddRowsAsync(host, Few, many);
        var (rebuild, alone, memory) = await RebuildAsync(passing.Sandbox, host);
        var changes = await ChangesAsync(passing.Sandbox, host, domain, "many", run);
        return
        [
            new($"a change among {many:N0} rows, commit → RCPT 250 (median)", changes.Median, "ms", few.Median, $"among {Few:N0}",
                Target.AtMostTimes(2)),
            new("95th percentile", changes.P95, "ms", few.P95, $"among {Few:N0}"),
            new($"a rebuild of {many:N0} rows (median)", rebuild.Median / 1_000, "s", alone.Median / 1_000, "postmap alone",
                Target.AtMostTimes(1.3)),
            new("anonymous memory that a rebuild adds at most", memory, "MB", Target: Target.AtMost(64)),
        ];
    }

    private static async Task<Samples> ChangesAsync(
        Sandbox.MailSandbox sandbox, MailHost host, MailDomain domain, string name, BenchmarkRun run)
    {
        await host.Follower.StartAsync(default);
        using var probe = await RecipientProbe.ConnectAsync(sandbox.Ports.Smtp);
        var samples = new Samples();
        for (var i = -10; i < run.Size(100, 10); i++)
        {
            // Without a pause the changes would be a bulk, and the follower gathers the rows of a bulk for a while.
            await Task.Delay(Pause);
            var local = LocalPart.Parse($"{name}{i + 10}");
            MailHost.Done(await host.Get<AliasService>().CreateAsync(domain.Id, local, ["somebody@elsewhere.example"], Actor.Panel));
            var time = await probe.AcceptedAsync($"{local}@{domain.Name}", Stopwatch.StartNew());
            if (i >= 0) samples.Add(time);
        }
        await host.Follower.StopAsync(default);
        return samples;
    }

    private static async Task<(Samples Rebuild, Samples Alone, double Memory)> RebuildAsync(Sandbox.MailSandbox sandbox, MailHost host)
    {
        var (rebuild, alone, memory) = (new Samples(), new Samples(), 0.0);
        for (var i = -1; i < Rounds; i++)
        {
            // The first round of each is dropped, so that both replace existing files and neither waits for a cold file.
            if (i == 0) (rebuild, alone) = (new Samples(), new Samples());
            await RawMap.ForgetPositionAsync(sandbox, "virtual");
            // A new follower is like a restarted one: a running follower knows its position without reading the maps.
            var follower = new Follower(
                host.Get<MapRepository>(), host.Get<Postmap>(), host.Get<SmtpdReloadTrigger>(), host.Get<MapOptions>());
            GC.Collect();
            await using (var watch = new MemoryWatch())
            {
                await rebuild.TimeAsync(() => follower.CatchUpAsync(default));
                memory = Math.Max(memory, watch.Added);
            }
            var map = Path.Combine(sandbox.Folder.Maps, "virtual");
            File.Copy(map, map + "-alone", overwrite: true);
            await alone.TimeAsync(() => RawMap.CompileAsync(sandbox, "virtual-alone"));
        }
        return (rebuild, alone, memory);
    }

    // Only the map rows, as a million accounts would have left them.
    private static Task<int> AddRowsAsync(MailHost host, int from, int to) =>
        host.Database.ExecuteWithoutAuditAsync(context => context.Database.ExecuteSqlAsync($"""
        INSERT INTO "MapEntries" ("Map", "Key", "Value", "Sequence", "Owner", "OwnerId")
        WITH RECURSIVE n(i) AS (SELECT {from} + 1 UNION ALL SELECT i + 1 FROM n WHERE i < {to})
        SELECT 1, printf('first.last%07d@many.example', i), printf('many%07d@store.sandbox.test', i), 0, 3, -i FROM n
        """));
}
