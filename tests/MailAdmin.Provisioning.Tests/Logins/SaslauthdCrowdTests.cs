using System.Net.Sockets;

namespace MailAdmin.Provisioning.Tests.Logins;

/// <summary>Many clients, most of them with bad manners.</summary>
public sealed class SaslauthdCrowdTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_thousand_slow_silent_and_babbling_clients_leave_a_good_login_answered_soon()
    {
        await using var bench = new LoginBench(deadline: TimeSpan.FromSeconds(5));
        for (var n = 0; n < 20; n++) bench.Put($"good{n}");
        await bench.ServeAsync();
        using var stop = new CancellationTokenSource();
        var others = Enumerable.Range(0, 1_000).Select(n => AnnoyAsync(bench, n, stop.Token)).ToList();
        for (var n = 0; n < 20; n++)
        {
            var name = $"good{n}";
            // This runs on a thread of its own, as in the mail servers: the test's thousand clients keep the thread pool busy.
            var (answer, seconds) = await Task.Factory.StartNew(
                () => TimedLogin(bench, name), Token, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            Assert.Equal("OK", answer);
            Assert.InRange(seconds, 0, 5);
        }

        await stop.CancelAsync();
        await Task.WhenAll(others).WaitAsync(Timeout, Token);
    }

    [Fact]
    public async Task When_all_places_are_taken_the_longest_silent_gives_way()
    {
        await using var bench = new LoginBench(maxConnections: 10);
        await bench.ServeAsync();
        var silent = new List<Socket>();
        for (var n = 0; n < 30; n++) silent.Add(await bench.ConnectAsync());
        Assert.Equal("OK", await bench.LoginAsync("exemple0001"));
        Assert.Null(await LoginBench.AnswerAsync(silent[0]).WaitAsync(Timeout / 2, Token));
        await silent[^1].SendAsync(LoginBench.Frame("exemple0001", LoginBench.Password, "pop", ""));
        Assert.Equal("OK", await LoginBench.AnswerAsync(silent[^1]));
        silent.ForEach(s => s.Dispose());
    }

    [Fact]
    public async Task Clients_that_leave_before_their_answer_hurt_nobody()
    {
        await using var bench = new LoginBench();
        await bench.ServeAsync();
        for (var n = 0; n < 200; n++)
        {
            using var client = await bench.ConnectAsync();
            await client.SendAsync(LoginBench.Frame("exemple0001", n % 2 == 0 ? "wrong" : LoginBench.Password, "imap", ""));
        }

        Assert.Equal("OK", await bench.LoginAsync("cyrus", LoginBench.AdminPassword));
    }

    private static (string Answer, double Seconds) TimedLogin(LoginBench bench, string user)
    {
        using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { ReceiveTimeout = 10_000 };
        var start = TimeProvider.System.GetTimestamp();
        client.Connect(new UnixDomainSocketEndPoint(bench.Options.Socket!));
        client.Send(LoginBench.Frame(user, LoginBench.Password, "imap", ""));
        var answer = new byte[4];
        var read = client.Receive(answer);
        return (System.Text.Encoding.ASCII.GetString(answer, 2, Math.Max(0, read - 2)),
            TimeProvider.System.GetElapsedTime(start).TotalSeconds);
    }

    // Clients that are silent, send single octets for ever, send garbage, leave after half a request, or guess passwords.
    private static async Task AnnoyAsync(LoginBench bench, int kind, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var client = await bench.ConnectAsync();
                if (kind % 5 == 1) await SendSlowlyAsync(client, stop);
                else if (kind % 5 == 2) await client.SendAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray());
                else if (kind % 5 == 3) await client.SendAsync(LoginBench.Frame("exemple0001", "wrong")[..9]);
                else if (kind % 50 == 4) await client.SendAsync(LoginBench.Frame("exemple0001", $"wrong {kind}", "imap", ""));
                if (kind % 5 != 3) await client.ReceiveAsync(new byte[8], stop);
                await Task.Delay(50, stop);
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                await Task.Yield();
            }
        }
    }

    private static async Task SendSlowlyAsync(Socket client, CancellationToken stop)
    {
        foreach (var octet in LoginBench.Frame("exemple0001", new string('x', 500), "imap", ""))
        {
            await client.SendAsync(new[] { octet });
            await Task.Delay(50, stop);
        }
    }
}
