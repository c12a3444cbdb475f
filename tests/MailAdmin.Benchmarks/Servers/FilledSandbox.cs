using System.Globalization;
using MailAdmin.Sandbox;
using MailAdmin.Testing.Servers;

namespace MailAdmin.Benchmarks.Servers;

/// <summary>A sandbox without its panel, whose Cyrus has many mailboxes: with an empty Cyrus everything is fast.</summary>
internal sealed class FilledSandbox : IAsyncDisposable
{
    public const long QuotaKiB = 25_000;

    private const int Mailboxes = 30_000;
    private const int Connections = 4;

    private FilledSandbox(MailSandbox sandbox, MailHost host) => (Sandbox, Host) = (sandbox, host);

    public MailSandbox Sandbox { get; }

    public MailHost Host { get; }

    /// <summary>Part of every name that this run creates, since the folder keeps the names of earlier runs.</summary>
    public string Run { get; } = "r" + TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString("x", CultureInfo.InvariantCulture);

    public static async Task<FilledSandbox> StartAsync(BenchmarkRun run)
    {
        var options = new SandboxOptions { Folder = run.Folder, Empty = true, PostfixSettings = RecipientProbe.PostfixSettings };
        var sandbox = await MailSandbox.StartAsync(options, run.Report);
        await sandbox.Panel.StopAsync();
        var filled = new FilledSandbox(sandbox, await MailHost.CreateAsync(sandbox));
        // Cyrus asks the login socket about the administrator.
        await filled.Host.Logins.StartAsync(default);
        await filled.FillAsync(run.Size(Mailboxes, 500), run.Report);
        return filled;
    }

    public async Task<RawImap[]> SignInAsync(int count) =>
        await Task.WhenAll(Enumerable.Range(0, count).Select(_ => Sandbox.SignInAsync()));

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Sandbox.DisposeAsync();
    }

    private async Task FillAsync(int wanted, Action<string> report)
    {
        using var admin = await Sandbox.SignInAsync();
        var present = (await admin.SendAsync("LIST \"\" user/%")).Count - 1;
        report($"{present} mailboxes are in {Sandbox.Folder.Path}.");
        if (present >= wanted) return;
        report($"Making {wanted - present} more …");
        var sessions = await SignInAsync(Connections);
        var next = present;
        await Task.WhenAll(sessions.Select(async session =>
        {
            while (Interlocked.Increment(ref next) is var number && number <= wanted)
                await session.CreateAsync($"fill.{Run}.{number:D6}", QuotaKiB);
        }));
        foreach (var session in sessions) session.Dispose();
    }
}
