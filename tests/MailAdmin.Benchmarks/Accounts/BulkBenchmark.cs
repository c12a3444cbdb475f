using System.Diagnostics;
using MailAdmin.Benchmarks.Figures;
using MailAdmin.Benchmarks.Servers;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Routing;
using MailAdmin.Provisioning.Postfix;
using MailAdmin.Testing.Servers;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Benchmarks.Accounts;

/// <summary>
/// Many accounts through the outbox, compared to the same commands sent raw. Small batches take turns, so that other load on the machine
/// affects both alike.
/// </summary>
internal sealed class BulkBenchmark : IBenchmark
{
    private const int Batch = 1_000;

    // Batches until the runtime has fully compiled the code that they run; the first ones take twice as much processor time.
    private const int WarmUp = 3;

    // Requests of the panel that run at once.
    private const int Callers = 8;

    private static readonly string[] Folders = ["Sent", "Drafts", "Trash"];

    public string Name => "bulk";

    public string What => "accounts a second, on a Cyrus with many mailboxes";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run)
    {
        await using var filled = await FilledSandbox.StartAsync(run);
        await filled.Host.StartProvisioningAsync();
        var connections = await BestConnectionsAsync(filled, run);
        run.Report($"Raw is fastest over {connections} connections.");
        var batches = run.Size(2, 1);
        var drain = await CompareAsync(filled, connections, batches, "d", [], DrainAsync);
        var whole = await CompareAsync(filled, connections, batches, "w", [], WholeAsync);
        var folders = await CompareAsync(filled, connections, 1, "f", Folders, DrainAsync);
        var limitFirst = await LimitFirstAsync(filled, connections, batches);
        var raw = $"raw CREATE + SETQUOTA over {connections} connections";
        return
        [
            new($"{batches * Batch} committed jobs → mailboxes ready and published", drain.Ours, "/s", drain.Raw, raw,
                Target.AtLeastTimes(0.9)),
            new("beside it: raw in the panel's order, SETQUOTA + CREATE", limitFirst, "/s"),
            new("from the services' first call, bcrypt of cost 4", whole.Ours, "/s", whole.Raw, raw),
            new("the same jobs with three subscribed folders", folders.Ours, "/s", folders.Raw,
                $"raw, with the owner's sign-in, over {connections}"),
        ];
    }

    private static async Task<int> BestConnectionsAsync(FilledSandbox filled, BenchmarkRun run)
    {
        var best = (Rate: 0.0, Count: 0);
        foreach (var count in (int[])[1, 2, 4, 8])
        {
            var sessions = await filled.SignInAsync(count);
            var rate = 0.0;
            for (var i = 0; i < 3; i++) rate = Math.Max(rate, Batch / (await RawAsync(filled, sessions, [])).TotalSeconds);
            foreach (var session in sessions) session.Dispose();
            run.Report($"Raw over {count} connections: {rate:0} a second.");
            if (rate > best.Rate) best = (rate, count);
        }
        return best.Count;
    }

    private static async Task<(double Ours, double Raw)> CompareAsync(
        FilledSandbox filled, int connections, int batches, string name, string[] folders, Func<MailHost, MailDomain, Task<TimeSpan>> ours)
    {
        var domain = await filled.Host.AddDomainAsync(filled.Run + name, folders);
        var sessions = await filled.SignInAsync(connections);
        for (var i = 0; i < WarmUp; i++) await ours(filled.Host, domain);
        var (ourTime, rawTime) = (TimeSpan.Zero, TimeSpan.Zero);
        for (var i = 0; i < batches; i++)
        {
            rawTime += await RawAsync(filled, sessions, folders);
            ourTime += await ours(filled.Host, domain);
        }
        foreach (var session in sessions) session.Dispose();
        return (batches * Batch / ourTime.TotalSeconds, batches * Batch / rawTime.TotalSeconds);
    }

    private static async Task<double> LimitFirstAsync(FilledSandbox filled, int connections, int batches)
    {
        var sessions = await filled.SignInAsync(connections);
        var time = TimeSpan.Zero;
        for (var i = 0; i < batches; i++) time += await RawAsync(filled, sessions, [], limitFirst: true);
        foreach (var session in sessions) session.Dispose();
        return batches * Batch / time.TotalSeconds;
    }

    private static async Task<TimeSpan> DrainAsync(MailHost host, MailDomain domain)
    {
        await host.Worker.StopAsync(default);
        await CreateAsync(host, domain);
        await FollowedAsync(host);
        var watch = Stopwatch.StartNew();
        await host.Worker.StartAsync(default);
        await AllReadyAsync(host, domain);
        return watch.Elapsed;
    }

    private static async Task<TimeSpan> WholeAsync(MailHost host, MailDomain domain)
    {
        var watch = Stopwatch.StartNew();
        await CreateAsync(host, domain);
        await AllReadyAsync(host, domain);
        return watch.Elapsed;
    }

    private static async Task CreateAsync(MailHost host, MailDomain domain)
    {
        var local = Guid.NewGuid().ToString("N")[..8];
        var next = 0;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var number && number <= Batch)
                await host.AddAccountAsync(domain, $"{local}.{number}");
        })));
    }

    // The maps have the addresses by now, as after any outage of Cyrus.
    private static async Task FollowedAsync(MailHost host)
    {
        var head = await host.Get<MapRepository>().HeadAsync(default);
        while (host.Get<Follower>().Position is not { } position || position < head.Last) await Task.Delay(10);
    }

    private static async Task AllReadyAsync(MailHost host, MailDomain domain)
    {
        while (true)
        {
            var progress = host.Get<Core.Data.ChangeSignals>().Progress.Next;
            await using (var context = host.Database.Open())
                if (!await context.Jobs.AnyAsync()
                    && !await context.Accounts.AnyAsync(a => a.DomainId == domain.Id && !a.MailboxReady)) return;
            await Task.WhenAny(progress, Task.Delay(1_000));
        }
    }

    private static async Task<TimeSpan> RawAsync(FilledSandbox filled, RawImap[] sessions, string[] folders, bool limitFirst = false)
    {
        var name = $"raw.{Guid.NewGuid():N}"[..12];
        var watch = Stopwatch.StartNew();
        var next = 0;
        await Task.WhenAll(sessions.Select(async session =>
        {
            while (Interlocked.Increment(ref next) is var number && number <= Batch)
            {
                await session.CreateAsync($"{name}.{number}", FilledSandbox.QuotaKiB, limitFirst);
                if (folders.Length > 0) await AddFoldersAsync(filled, session, $"{name}.{number}", folders);
            }
        }));
        return watch.Elapsed;
    }

    // Only the owner of a mailbox can subscribe to its folders.
    private static async Task AddFoldersAsync(FilledSandbox filled, RawImap admin, string username, string[] folders)
    {
        foreach (var folder in folders) await admin.OkAsync($"CREATE user/{username}/{folder}");
        using var owner = await filled.Sandbox.SignInAsync(username);
        foreach (var folder in folders) await owner.OkAsync($"SUBSCRIBE {folder}");
    }
}
