using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using MailAdmin.Benchmarks.Figures;
using MailAdmin.Benchmarks.Servers;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Sending;
using MailAdmin.Sandbox;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace MailAdmin.Benchmarks.Sending;

/// <summary>Mail of signed-in users through port 465, beside the same Postfix that asks neither the policy service nor the milter.</summary>
internal sealed partial class SendingBenchmark : IBenchmark
{
    private const int Clients = 4;
    private const int Rounds = 3;

    public string Name => "sending";

    public string What => "messages of users a second";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run)
    {
        await using var passing = await PassingSandbox.StartAsync(run);
        var sandbox = passing.Sandbox;
        var (username, address) = await AddAccountAsync(sandbox);
        await sandbox.Panel.StartAsync();
        var duration = TimeSpan.FromSeconds(run.Size(10, 2));
        var main = Path.Combine(sandbox.Folder.PostfixConfiguration, "main.cf");
        var both = await File.ReadAllTextAsync(main);
        var (policy, milter) = (Milter().Replace(both, "mua_milters ="), Question().Replace(both, "check_sender_access static:DUNNO"));
        string[] configurations = [both, policy, milter, Milter().Replace(milter, "mua_milters =")];
        var best = new double[configurations.Length];
        await RateAsync(sandbox, username, address, TimeSpan.FromSeconds(run.Size(10, 1)));
        for (var n = 0; n < Rounds; n++)
        {
            for (var i = 0; i < configurations.Length; i++)
            {
                await SetMainAsync(sandbox, main, configurations[i]);
                best[i] = Math.Max(best[i], await RateAsync(sandbox, username, address, duration));
            }
        }
        await SetMainAsync(sandbox, main, both);
        var answers = await AskAsync(sandbox, username, run.Size(5_000, 200));
        return
        [
            new($"messages through 465 over {Clients} connections, best of {Rounds}, with the policy service", best[1], "/s", best[3], "without it", Target.AtLeastTimes(0.95)),
            new("with the milter alone", best[2], "/s", best[3], "without both"),
            new("with both", best[0], "/s", best[3], "without both"),
            new("an answer of the policy service, median", answers.Median, "ms", Target: Target.AtMost(5)),
            new("the same, 99 of 100", answers.P99, "ms"),
        ];
    }

    // Its place in the lists is taken by a lookup that costs nothing.
    [GeneratedRegex(@"check_policy_service \{[^}]*\}", RegexOptions.None, 1000)]
    private static partial Regex Question();

    [GeneratedRegex("^mua_milters = .*$", RegexOptions.Multiline, 1000)]
    private static partial Regex Milter();

    private static async Task<(string Username, string Address)> AddAccountAsync(MailSandbox sandbox)
    {
        await sandbox.Panel.StopAsync();
        await using var host = await MailHost.CreateAsync(sandbox);
        MailHost.Done(await host.Get<AdminService>().CreateFirstAsync("superuser", MailHost.Password, MailHost.Password, null, null));
        await host.AddAccountAsync(await host.AddDomainAsync("sending"), "somebody");
        await host.Get<SendingService>().ChangeDefaultAsync(0, new(0, 0, 0, 0), Actor.Panel);
        await using var context = host.Database.Open();
        var account = await context.Accounts.Include(a => a.Domain).SingleAsync();
        return (account.Username.Value, $"somebody@{account.Domain!.Name.Value}");
    }

    private static async Task SetMainAsync(MailSandbox sandbox, string main, string text)
    {
        await File.WriteAllTextAsync(main, text);
        using var reload = Process.Start("postfix", ["-c", sandbox.Folder.PostfixConfiguration, "reload"]);
        await reload.WaitForExitAsync();
    }

    private static async Task<double> RateAsync(MailSandbox sandbox, string username, string address, TimeSpan duration)
    {
        var watch = Stopwatch.StartNew();
        var sent = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(() => SendAsync(sandbox, username, address, duration))));
        return sent.Sum() / watch.Elapsed.TotalSeconds;
    }

    private static async Task<int> SendAsync(MailSandbox sandbox, string username, string address, TimeSpan duration)
    {
        using var smtp = new SmtpClient { ServerCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == SandboxCertificate.Subject };
        await smtp.ConnectAsync("127.0.0.1", sandbox.Ports.Smtps, SecureSocketOptions.SslOnConnect);
        await smtp.AuthenticateAsync(username, MailHost.Password);
        var message = new MimeMessage([new MailboxAddress("", address)], [new MailboxAddress("", "friend@example.org")], "bonjour", new TextPart("plain") { Text = "Bonjour\r\n" });
        var watch = Stopwatch.StartNew();
        var sent = 0;
        for (; watch.Elapsed < duration; sent++) await smtp.SendAsync(message);
        await smtp.DisconnectAsync(quit: true);
        return sent;
    }

    private static async Task<Samples> AskAsync(MailSandbox sandbox, string username, int count)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(sandbox.Folder.PolicySocket));
        var question = Encoding.ASCII.GetBytes($"request=smtpd_access_policy\nprotocol_state=DATA\nsasl_username={username}\nrecipient_count=1\n\n");
        var (samples, answer) = (new Samples(), new byte[512]);
        for (var n = 0; n < count; n++)
        {
            await samples.TimeAsync(async () =>
            {
                await socket.SendAsync(question);
                await socket.ReceiveAsync(answer);
            });
        }
        return samples;
    }
}
