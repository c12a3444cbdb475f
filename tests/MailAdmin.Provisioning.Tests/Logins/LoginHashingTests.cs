using MailAdmin.Provisioning.Logins;
using Microsoft.Extensions.Time.Testing;

namespace MailAdmin.Provisioning.Tests.Logins;

/// <summary>When a password is hashed, and who waits for it.</summary>
public sealed class LoginHashingTests : LoginServiceTest
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_verified_password_needs_no_second_hash_until_the_stored_one_changes()
    {
        Assert.Equal(LoginVerdict.Ok, await _bench.AskAsync("exemple0001"));
        using var gate = new ManualResetEventSlim();
        // No hash is computed until the gate opens, however long the lines in between take.
        var held = await _bench.HoldQueueAsync(gate, Token);
        Task<LoginVerdict> wrong, old;
        try
        {
            Assert.Equal(LoginVerdict.Ok, await _bench.AskAsync("exemple0001"));
            wrong = _bench.AskAsync("exemple0001", "Kilo7-gammb");
            _bench.Put("exemple0001", "Lima8-delta");
            old = _bench.AskAsync("exemple0001");
            Assert.False(wrong.IsCompleted || old.IsCompleted);
        }
        finally
        {
            gate.Set();
        }
        Assert.Equal((LoginVerdict.No, LoginVerdict.No), (await wrong, await old));
        Assert.Equal(LoginVerdict.Ok, await _bench.AskAsync("exemple0001", "Lima8-delta"));
        await held;
    }

    [Fact]
    public async Task A_full_hash_lane_means_neither_yes_nor_no()
    {
        using var gate = new ManualResetEventSlim();
        var jobs = Enumerable.Range(0, 1_024).Select(_ => _bench.Lane.RunAsync(() => gate.Wait(Timeout), Token)).ToList();
        var verdicts = Enumerable.Range(0, 5).Select(_ => _bench.AskAsync("exemple0001")).ToList();
        Assert.Equal(LoginVerdict.Unknown, await verdicts[^1].WaitAsync(Timeout, Token));
        gate.Set();
        await Task.WhenAll(jobs);
    }

    [Fact]
    public async Task Wrong_guesses_delay_the_next_check_but_never_a_verified_client()
    {
        var time = new FakeTimeProvider();
        await using var bench = new LoginBench(time);
        bench.Put("other");
        Assert.Equal(LoginVerdict.Ok, await bench.AskAsync("exemple0001"));
        for (var n = 0; n < LoginThrottle.FreeGuesses; n++) Assert.Equal(LoginVerdict.No, await bench.AskAsync("exemple0001", "wrong"));
        for (var n = 0; n < LoginThrottle.FreeGuesses; n++) Assert.Equal(LoginVerdict.No, await bench.AskAsync("cyrus", "wrong"));

        var delayed = new[] { bench.AskAsync("exemple0001", "wrong4"), bench.AskAsync("cyrus", "wrong4") };
        var after = bench.AskAsync("Exemple0001", "wrong5");
        Assert.Equal(LoginVerdict.Ok, await bench.AskAsync("exemple0001"));
        Assert.Equal(LoginVerdict.Ok, await bench.AskAsync("other"));
        Assert.Equal(LoginVerdict.Ok, await bench.AskAsync("cyrus", LoginBench.AdminPassword));
        Assert.DoesNotContain(delayed, d => d.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(250));
        Assert.All(await Task.WhenAll(delayed).WaitAsync(Timeout, Token), v => Assert.Equal(LoginVerdict.No, v));
        // Checks run one after another, whatever the number of connections.
        Assert.False(after.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(500));
        Assert.Equal(LoginVerdict.No, await after.WaitAsync(Timeout, Token));
    }
}
