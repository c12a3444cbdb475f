using System.Diagnostics;
using System.Net.Sockets;
using MailAdmin.Benchmarks.Figures;
using MailAdmin.Benchmarks.Servers;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Passwords;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Benchmarks.Logins;

/// <summary>
/// The login socket in the panel's own process, compared to libcrypt, and to saslauthd with the same users, hashes and client.
/// </summary>
internal sealed class LoginsBenchmark : IBenchmark
{
    private const int Clients = 4;
    private const int Waiting = 1_000;
    private const string Service = "mailadmin-benchmark";

    public string Name => "logins";

    public string What => "logins a second";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run)
    {
        await using var passing = await PassingSandbox.StartAsync(run);
        var sandbox = passing.Sandbox;
        var names = await AddAccountsAsync(sandbox, run.Size(400, 40));
        var hash = PasswordHash.TryParse(Hash.Value, out var parsed) ? parsed : throw new InvalidOperationException("no hash");
        var hasher = new PasswordHasher(new PasswordOptions());
        var duration = TimeSpan.FromSeconds(run.Size(8, 2));
        await sandbox.Panel.StartAsync();

        var ours = new UnixDomainSocketEndPoint(sandbox.Folder.LoginSocket);
        var crypt = await RateAsync(Environment.ProcessorCount, duration, _ => hasher.Verify(MailHost.Password, hash));
        var first = await EachOnceAsync(ours, "imap", names.Take(names.Count / 2).ToList());
        var known = names.Take(names.Count / 2).ToList();
        await using var theirs = await PrivateSaslauthd.StartAsync(Service, names.Select(n => $"{n}:{Hash.Value}"));
        var (firstTheirs, repeated, repeatedTheirs) = (await EachOnceAsync(theirs.Socket, Service, known), 0.0, 0.0);
        for (var i = 0; i < 3; i++)
        {
            repeatedTheirs = Math.Max(repeatedTheirs, await RepeatAsync(theirs.Socket, Service, known, duration));
            repeated = Math.Max(repeated, await RepeatAsync(ours, "imap", known, duration));
        }
        // This comes last, since the hashes go on for a while.
        var pages = await PagesWhileHashingAsync(sandbox, ours);
        return
        [
            new("first logins, bcrypt of cost 11", first, "/s", crypt, $"libcrypt on {Environment.ProcessorCount} threads",
                Target.AtLeastTimes(0.9)),
            new("the same", first, "/s", firstTheirs, "saslauthd with pam_pwdfile"),
            new($"repeated logins over {Clients} clients, best of 3", repeated, "/s", repeatedTheirs, "saslauthd -c",
                Target.AtLeastTimes(1)),
            new($"a page while {Waiting:N0} hashes wait, the slowest", pages.Waiting.Max, "ms", Target: Target.AtMost(50)),
            new("median", pages.Waiting.Median, "ms"),
            new("the slowest while the thousand arrive at once", pages.Arriving.Max, "ms"),
        ];
    }

    private static Lazy<string> Hash { get; } = new(() => new PasswordHasher(new PasswordOptions()).Hash(MailHost.Password));

    // Hashing each password separately would take a minute. All accounts get one hash, because nobody looks at the salt.
    private static async Task<List<string>> AddAccountsAsync(Sandbox.MailSandbox sandbox, int count)
    {
        await sandbox.Panel.StopAsync();
        await using var host = await MailHost.CreateAsync(sandbox);
        MailHost.Done(await host.Get<AdminService>().CreateFirstAsync("superuser", MailHost.Password, MailHost.Password, null, null));
        var domain = await host.AddDomainAsync("logins");
        for (var i = 0; i < count; i++) await host.AddAccountAsync(domain, $"somebody{i}");
        return await host.Database.ExecuteWithoutAuditAsync(async context =>
        {
            // The mailboxes are not created, because Cyrus would work beside what is measured.
            await context.Jobs.ExecuteDeleteAsync();
            await context.Accounts.ExecuteUpdateAsync(
                set => set.SetProperty(a => a.PasswordHash, Hash.Value).SetProperty(a => a.MailboxReady, true));
            return (await context.Accounts.Select(a => a.Username).ToListAsync()).ConvertAll(u => u.Value);
        });
    }

    private static async Task<double> EachOnceAsync(UnixDomainSocketEndPoint socket, string service, List<string> names)
    {
        var requests = names.ConvertAll(n => SaslauthdClient.Request(n, MailHost.Password, service));
        var next = -1;
        var watch = Stopwatch.StartNew();
        await OnThreadsAsync(Clients, _ =>
        {
            while (Interlocked.Increment(ref next) is var i && i < requests.Count) Require(SaslauthdClient.Ask(socket, requests[i]));
            return 0;
        });
        return names.Count / watch.Elapsed.TotalSeconds;
    }

    private static Task<double> RepeatAsync(UnixDomainSocketEndPoint socket, string service, List<string> names, TimeSpan duration)
    {
        var requests = names.ConvertAll(n => SaslauthdClient.Request(n, MailHost.Password, service));
        return RateAsync(Clients, duration, count => SaslauthdClient.Ask(socket, requests[count % requests.Count]));
    }

    // The time in which a thousand connections arrive at once is measured separately, because the client itself takes part of the processor
    // then.
    private static async Task<(Samples Arriving, Samples Waiting)> PagesWhileHashingAsync(
        Sandbox.MailSandbox sandbox, UnixDomainSocketEndPoint socket)
    {
        using var panel = await PanelClient.SignInAsync(sandbox.PanelUrl, "superuser", MailHost.Password);
        for (var i = 0; i < 200; i++) await panel.GetAsync("/");
        // Unknown names cost one hash each, like any other name, and no answer is reused for the next.
        var asking = Task.WhenAll(
            Enumerable.Range(0, Waiting)
                .Select(i => Task.Run(() => AskAsync(socket, SaslauthdClient.Request($"nobody{i}", MailHost.Password, "imap")))));
        var (arriving, waiting) = (new Samples(), new Samples());
        do await arriving.TimeAsync(() => panel.GetAsync("/"));
        while (!asking.IsCompleted);
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < TimeSpan.FromSeconds(4)) await waiting.TimeAsync(() => panel.GetAsync("/"));
        foreach (var open in await asking) open.Dispose();
        return (arriving, waiting);
    }

    private static async Task<Socket> AskAsync(UnixDomainSocketEndPoint path, byte[] request)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(path);
        await socket.SendAsync(request);
        return socket;
    }

    private static async Task<double> RateAsync(int threads, TimeSpan duration, Func<int, bool> once)
    {
        var watch = Stopwatch.StartNew();
        var counts = await OnThreadsAsync(threads, thread =>
        {
            var count = 0;
            for (; watch.Elapsed < duration; count++) Require(once(count * threads + thread));
            return count;
        });
        return counts.Sum() / watch.Elapsed.TotalSeconds;
    }

    private static Task<int[]> OnThreadsAsync(int threads, Func<int, int> work) => Task.WhenAll(Enumerable.Range(0, threads).Select(n =>
        Task.Factory.StartNew(() => work(n), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

    private static void Require(bool answer)
    {
        if (!answer) throw new InvalidOperationException("A good login was refused.");
    }
}
