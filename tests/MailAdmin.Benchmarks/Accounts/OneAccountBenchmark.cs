using System.Diagnostics;
using System.Net.Sockets;
using MailAdmin.Benchmarks.Figures;
using MailAdmin.Benchmarks.Servers;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Passwords;
using MailAdmin.Testing.Servers;

namespace MailAdmin.Benchmarks.Accounts;

/// <summary>
/// How long after its commit an account can be used: its mailbox exists, Postfix accepts its address, and the login socket lets it in. All
/// of that is measured from outside.
/// </summary>
internal sealed class OneAccountBenchmark : IBenchmark
{
    // Rounds until the runtime has fully compiled the measured code, as in a panel that has run for a while.
    private const int WarmUp = 100;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    public string Name => "one-account";

    public string What => "from commit to an account that works";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run)
    {
        await using var filled = await FilledSandbox.StartAsync(run);
        await filled.Host.StartProvisioningAsync();
        var domain = await filled.Host.AddDomainAsync(filled.Run + "o");
        using var probe = await RecipientProbe.ConnectAsync(filled.Sandbox.Ports.Smtp);
        using var admin = await filled.Sandbox.SignInAsync();
        await RecipientMapAsync(filled, domain, probe);
        var (mailbox, usable, raw) = (new Samples(), new Samples(), new Samples());
        for (var i = -WarmUp; i < run.Size(200, 20); i++)
        {
            if (i == 0) (mailbox, usable, raw) = (new Samples(), new Samples(), new Samples());
            // Neither measurement may include work that the other one left for later.
            await Task.Delay(Pause);
            await raw.TimeAsync(() => RawAsync(filled, admin, i + WarmUp));
            await Task.Delay(Pause);
            await OursAsync(filled, domain, $"one{i + WarmUp}", probe, admin, mailbox, usable);
        }
        var bcrypt = await BcryptAsync();
        return
        [
            new("median", usable.Median, "ms", raw.Median, "raw CREATE + SETQUOTA + one postmap -i -r", Target.AtMost(40)),
            new("median, in times of raw", usable.Median, "ms", raw.Median, "the same", Target.AtMostTimes(2)),
            new("95th percentile", usable.P95, "ms", raw.P95, "the same", Target.AtMost(120)),
            new("of it, until the mailbox is there and its owner let in (median)", mailbox.Median, "ms"),
            new("beside it: one bcrypt of cost 11", bcrypt.Median, "ms"),
        ];
    }

    // For the first account of a domain, smtpd also has to restart.
    private static async Task RecipientMapAsync(FilledSandbox filled, MailDomain domain, RecipientProbe probe)
    {
        await filled.Host.AddAccountAsync(domain, "first");
        await probe.AcceptedAsync($"first@{domain.Name}", Stopwatch.StartNew());
    }

    private static async Task OursAsync(
        FilledSandbox filled, MailDomain domain, string localPart, RecipientProbe probe, RawImap admin, Samples mailbox, Samples usable)
    {
        var signals = filled.Host.Get<ChangeSignals>();
        var progress = signals.Progress.Next;
        var account = await filled.Host.AddAccountAsync(domain, localPart);
        var sinceCommit = Stopwatch.StartNew();
        do
        {
            // Asking before the worker has recorded something would only take processor time from what is measured.
            await progress;
            progress = signals.Progress.Next;
        }
        while (!(await admin.SendAsync($"GETQUOTAROOT user/{account.Username}"))[^1].StartsWith("OK", StringComparison.Ordinal));
        var socket = new UnixDomainSocketEndPoint(filled.Sandbox.Folder.LoginSocket);
        if (!SaslauthdClient.Ask(socket, SaslauthdClient.Request(account.Username.Value, MailHost.Password, "imap")))
            throw new InvalidOperationException($"{account.Username} is not let in.");
        mailbox.Add(sinceCommit.Elapsed);
        usable.Add(await probe.AcceptedAsync($"{localPart}@{domain.Name}", sinceCommit));
    }

    private static async Task RawAsync(FilledSandbox filled, RawImap admin, int number)
    {
        await admin.CreateAsync($"raw.{filled.Run}.{number}", FilledSandbox.QuotaKiB);
        await RawMap.ChangeAsync(filled.Sandbox, "benchmark", $"{number}@raw.example\tvalue");
    }

    private static async Task<Samples> BcryptAsync()
    {
        var hasher = new PasswordHasher(new PasswordOptions { Cost = 11 });
        var hash = PasswordHash.TryParse(hasher.Hash(MailHost.Password), out var parsed)
            ? parsed : throw new InvalidOperationException("no hash");
        var samples = new Samples();
        for (var i = 0; i < 5; i++) await samples.TimeAsync(() => Task.FromResult(hasher.Verify(MailHost.Password, hash)));
        return samples;
    }
}
