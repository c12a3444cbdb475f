using System.Net.Sockets;

namespace MailAdmin.Provisioning.Tests.Logins;

/// <summary>The requests that the login socket answers, and those that it does not.</summary>
public sealed class SaslauthdServerTests
{
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
}
