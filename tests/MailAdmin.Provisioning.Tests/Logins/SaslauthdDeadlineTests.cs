namespace MailAdmin.Provisioning.Tests.Logins;

/// <summary>Nobody waits for an answer longer than the deadline, and no answer is not a refusal.</summary>
public sealed class SaslauthdDeadlineTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

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
}
