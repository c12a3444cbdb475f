using System.Text;
using MailAdmin.Provisioning.Logins;
using Microsoft.Extensions.Time.Testing;

namespace MailAdmin.Provisioning.Tests.Logins;

[Trait("Lane", "unit")]
public sealed class LoginThrottleTests : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private readonly FakeTimeProvider _time = new();
    private readonly LoginThrottle _delay;
    private int _guess;

    public LoginThrottleTests() => _delay = new LoginThrottle(_time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _delay.Dispose();

    [Fact]
    public async Task The_first_guesses_are_free_and_the_next_are_twice_as_far_apart_each_up_to_a_bound()
    {
        for (var n = 0; n < LoginThrottle.FreeGuesses; n++) Assert.True(EnterAsync("gugus").IsCompletedSuccessfully);
        foreach (var apart in (int[])[250, 500, 1_000, 2_000, 2_000, 2_000])
        {
            var next = EnterAsync("gugus");
            _time.Advance(TimeSpan.FromMilliseconds(apart) - Moment);
            Assert.False(next.IsCompleted);
            _time.Advance(Moment);
            Assert.True(await next.WaitAsync(Timeout, Token));
        }
    }

    [Fact] // A4
    public async Task Thirty_connections_guess_no_faster_than_one()
    {
        await GuessAsync("gugus", 7);
        var tried = 0;
        for (var second = 0; second < 60; second++)
        {
            var waiting = Enumerable.Range(0, 30).Select(_ => EnterAsync("gugus")).ToList();
            await AdvanceAsync(TimeSpan.FromSeconds(4));
            tried += (await Task.WhenAll(waiting).WaitAsync(Timeout, Token)).Count(admitted => admitted);
        }

        Assert.InRange(tried, 1, 60 * 4 / 2);
    }

    [Fact] // A4
    public async Task A_password_that_is_tried_again_has_its_turn_among_guesses_that_come_faster()
    {
        await GuessAsync("gugus", 7);
        var tries = 0;
        for (var admitted = false; !admitted; tries++)
        {
            Assert.InRange(tries, 0, 5);
            // Thirty new guesses before each try of the owner.
            var guesses = Enumerable.Range(0, 30).Select(_ => EnterAsync("gugus")).ToList();
            var owner = EnterAsync("gugus", "the owner's");
            await AdvanceAsync(TimeSpan.FromSeconds(4));
            await Task.WhenAll(guesses).WaitAsync(Timeout, Token);
            admitted = await owner.WaitAsync(Timeout, Token);
        }
    }

    [Fact]
    public async Task One_name_is_not_delayed_for_anothers_guesses()
    {
        await GuessAsync("gugus", 10);
        Assert.True(EnterAsync("olga").IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_right_password_ends_it_and_lets_its_other_connections_through()
    {
        await GuessAsync("gugus", LoginThrottle.FreeGuesses - 1);
        Assert.True(await EnterAsync("gugus", "right"));
        var others = new[] { EnterAsync("gugus", "right"), EnterAsync("gugus", "right") };
        Assert.DoesNotContain(others, o => o.IsCompleted);

        _delay.Succeeded("gugus", "right"u8.ToArray());

        Assert.All(await Task.WhenAll(others).WaitAsync(Timeout, Token), Assert.True);
        Assert.False(_delay.IsDoubtful("gugus"));
    }

    [Fact]
    public async Task Time_ends_it()
    {
        await GuessAsync("gugus", 10);
        Assert.True(_delay.IsDoubtful("gugus"));
        _time.Advance(LoginThrottle.Memory);
        Assert.False(_delay.IsDoubtful("gugus"));
        for (var n = 0; n < LoginThrottle.FreeGuesses; n++) Assert.True(EnterAsync("gugus").IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Made_up_names_fill_no_memory_and_push_no_guessed_name_out()
    {
        await GuessAsync("gugus", 5);
        for (var n = 0; n < LoginThrottle.MaxNames + 50; n++) Assert.True(EnterAsync($"made-up-{n}").IsCompletedSuccessfully);
        Assert.InRange(_delay.Count, 1, LoginThrottle.MaxNames);
        Assert.True(_delay.IsDoubtful("gugus"));
    }

    private async Task GuessAsync(string name, int times)
    {
        for (var n = 0; n < times; n++)
        {
            var turn = EnterAsync(name);
            _time.Advance(LoginThrottle.Longest);
            Assert.True(await turn.WaitAsync(Timeout, Token));
        }
    }

    private Task<bool> EnterAsync(string name, string? password = null) =>
        _delay.EnterAsync(name, Encoding.UTF8.GetBytes(password ?? $"guess {_guess++}"), Token);

    private async Task AdvanceAsync(TimeSpan time)
    {
        for (var gone = TimeSpan.Zero; gone < time; gone += TimeSpan.FromMilliseconds(500))
        {
            _time.Advance(TimeSpan.FromMilliseconds(500));
            await Task.Yield();
        }
    }
}
