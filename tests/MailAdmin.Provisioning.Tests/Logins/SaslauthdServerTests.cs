using System.Net.Sockets;
using MailAdmin.Core.Accounts;
using MailAdmin.Provisioning.Logins;

namespace MailAdmin.Provisioning.Tests.Logins;

public sealed class SaslauthdServerTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_right_password_is_answered_OK_and_a_wrong_one_NO()
    {
        await using var bench = new LoginBench();
        await bench.ServeAsync();
        Assert.Equal("OK", await bench.LoginAsync("exemple0001"));
        Assert.Equal("OK", await bench.LoginAsync("exemple0001"));
        Assert.Equal("NO", await bench.LoginAsync("exemple0001", "wrong"));
        Assert.Equal("NO", await bench.LoginAsync("nobody"));
        bench.Put("exemple0001", "Lima8-delta");
        Assert.Equal("NO", await bench.LoginAsync("exemple0001"));
        Assert.Equal("OK", await bench.LoginAsync("exemple0001", "Lima8-delta"));
    }

    [Theory]
    [InlineData("""a1"b'c$d%e\f&g;h <x>""")]
    [InlineData("pässwörd€9-Ärger")]
    public async Task Exactly_the_text_of_a_password_goes_through_the_socket(string password)
    {
        await using var bench = new LoginBench();
        bench.Put("exemple0002", password);
        await bench.ServeAsync();
        Assert.Equal("OK", await bench.LoginAsync("exemple0002", password));
        Assert.Equal("NO", await bench.LoginAsync("exemple0002", password + "\n"));
    }

    [Fact]
    public async Task A_NUL_ends_no_password_early()
    {
        await using var bench = new LoginBench();
        await bench.ServeAsync();
        Assert.Equal("NO", await bench.LoginAsync("exemple0001", LoginBench.Password + "\0"));
        Assert.Equal("NO", await bench.LoginAsync("exemple0001\0", LoginBench.Password));
    }

    [Fact]
    public async Task A_request_may_come_octet_by_octet_and_its_sender_may_stop_talking()
    {
        await using var bench = new LoginBench();
        await bench.ServeAsync();
        using var client = await bench.ConnectAsync();
        foreach (var octet in LoginBench.Frame("exemple0001", LoginBench.Password, "imap", ""))
        {
            await client.SendAsync(new[] { octet });
            await Task.Yield();
        }

        client.Shutdown(SocketShutdown.Send);
        Assert.Equal("OK", await LoginBench.AnswerAsync(client));
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("\u0004\u0001")]
    [InlineData("\0\u0001a\0\u0001b\0\u0004imap\0\0more")]
    public async Task What_is_no_request_is_closed_at_once_without_an_answer(string garbage)
    {
        await using var bench = new LoginBench();
        await bench.ServeAsync();
        using var client = await bench.ConnectAsync();
        await client.SendAsync(System.Text.Encoding.Latin1.GetBytes(garbage));
        Assert.Null(await LoginBench.AnswerAsync(client));
        Assert.Equal("OK", await bench.LoginAsync("exemple0001"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(14)]
    public async Task Who_does_not_ask_in_time_is_closed_without_an_answer(int octets)
    {
        await using var bench = new LoginBench(deadline: Short);
        await bench.ServeAsync();
        using var client = await bench.ConnectAsync();
        await client.SendAsync(LoginBench.Frame("exemple0001", LoginBench.Password, "imap", "")[..octets]);
        var start = TimeProvider.System.GetTimestamp();
        Assert.Null(await LoginBench.AnswerAsync(client));
        Assert.InRange(TimeProvider.System.GetElapsedTime(start), Short / 2, Timeout);
    }

    [Fact]
    public async Task A_database_that_fails_or_hangs_is_a_connection_closed_without_an_answer_and_no_hindrance_to_the_administrator()
    {
        using var gate = new ManualResetEventSlim();
        await using var bench = new LoginBench(deadline: Short);
        await bench.ServeAsync();
        bench.Database = () => throw new TimeoutException("away");
        Assert.Null(await bench.LoginAsync("exemple0001"));

        bench.Database = () => gate.Wait(Token);
        var hanging = Enumerable.Range(0, 50).Select(_ => bench.LoginAsync("exemple0001")).ToList();
        Assert.All(await Task.WhenAll(hanging).WaitAsync(Timeout, Token), Assert.Null);
        Assert.Equal("OK", await bench.LoginAsync("cyrus", LoginBench.AdminPassword));
        gate.Set();
        bench.Database = () => { };
        // The deadline is short, and a busy machine may miss it once.
        await Eventually.HoldsAsync(async () => Assert.Equal("OK", await bench.LoginAsync("exemple0001")), Timeout);
    }

    [Fact]
    public async Task A_hash_that_does_not_get_its_turn_is_a_connection_closed_without_an_answer()
    {
        using var gate = new ManualResetEventSlim();
        await using var bench = new LoginBench(deadline: Short);
        await bench.ServeAsync();
        var held = await bench.HoldQueueAsync(gate, Token);
        Assert.Null(await bench.LoginAsync("exemple0001"));
        gate.Set();
        await held;
        // The deadline is short, and a busy machine may miss it once.
        await Eventually.HoldsAsync(async () => Assert.Equal("OK", await bench.LoginAsync("exemple0001")), Timeout);
    }

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

    [Fact]
    public async Task Stopping_gives_those_who_asked_their_answer_and_closes_the_silent()
    {
        await using var bench = new LoginBench();
        var server = await bench.ServeAsync();
        using var gate = new ManualResetEventSlim();
        var held = await bench.HoldQueueAsync(gate, Token);
        using var silent = await bench.ConnectAsync();
        var asking = bench.LoginAsync("exemple0001");
        await Eventually.TrueAsync(() => bench.Lane.Waiting > 0, "the password waits to be hashed");
        var stopping = server.StopAsync(Token);
        Assert.Null(await LoginBench.AnswerAsync(silent));
        Assert.False(File.Exists(bench.Options.Socket!));
        Assert.False(stopping.IsCompleted);
        gate.Set();
        await stopping.WaitAsync(Timeout, Token);
        Assert.Equal("OK", await asking);
        await held;
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
