using System.Net.Sockets;
using System.Text;
using MailAdmin.Benchmarks.Figures;
using MailAdmin.Benchmarks.Servers;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Sending;
using MailAdmin.Sandbox;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Benchmarks.Sending;

/// <summary>
/// Mail of signed-in users through port 465, compared to listeners of the same Postfix that do not ask the policy service, the milter, or
/// either of them. Turns are short, so that other load on the machine affects all alike.
/// </summary>
internal sealed class SendingBenchmark : IBenchmark
{
    private const int Clients = 4;

    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(500);

    public string Name => "sending";

    public string What => "messages of users a second";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run)
    {
        await using var passing = await PassingSandbox.StartAsync(run);
        var sandbox = passing.Sandbox;
        var (username, address) = await AddAccountAsync(sandbox);
        await sandbox.Panel.StartAsync();
        var ports = await SendingListeners.AddAsync(sandbox);
        await using var both = await SendingClients.SignInAsync(ports.Both, username, address, Clients);
        await using var policy = await SendingClients.SignInAsync(ports.PolicyAlone, username, address, Clients);
        await using var milter = await SendingClients.SignInAsync(ports.MilterAlone, username, address, Clients);
        await using var neither = await SendingClients.SignInAsync(ports.Neither, username, address, Clients);
        SendingClients[] all = [both, policy, milter, neither];
        await TakeTurnsAsync(all, run.Size(10, 2));
        foreach (var clients in all) clients.Reset();
        await TakeTurnsAsync(all, run.Size(60, 6));
        var answers = await AskAsync(sandbox, username, run.Size(5_000, 200));
        return
        [
            new($"messages through 465 over {Clients} connections, with the policy service", policy.Rate, "/s", neither.Rate, "without it",
                Target.AtLeastTimes(0.95)),
            new("with the milter alone", milter.Rate, "/s", neither.Rate, "without both"),
            new("with both", both.Rate, "/s", neither.Rate, "without both"),
            new("an answer of the policy service, median", answers.Median, "ms", Target: Target.AtMost(5)),
            new("the same, 99 of 100", answers.P99, "ms"),
        ];
    }

    private static async Task TakeTurnsAsync(SendingClients[] all, int rounds)
    {
        for (var n = 0; n < rounds; n++)
            foreach (var clients in all) await clients.SendAsync(Turn);
    }

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

    private static async Task<Samples> AskAsync(MailSandbox sandbox, string username, int count)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(sandbox.Folder.PolicySocket));
        var question = Encoding.ASCII.GetBytes(
            $"request=smtpd_access_policy\nprotocol_state=DATA\nsasl_username={username}\nrecipient_count=1\n\n");
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
