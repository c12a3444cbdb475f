using MailAdmin.Web.Features.Sessions;
using Microsoft.Extensions.Time.Testing;

namespace MailAdmin.Web.Tests.Sessions;

/// <summary>C120.</summary>
[Trait("Lane", "unit")]
public sealed class SignInThrottleTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly SignInThrottle _delays;

    public SignInThrottleTests() => _delays = new(_clock);

    [Fact]
    public void Wrong_guesses_wait_longer_and_longer_up_to_a_limit()
    {
        var waits = Enumerable.Range(0, 20).Select(_ => Count("jens", "192.0.2.7")).ToList();

        Assert.All(waits.Take(SignInThrottle.OfNameHere.Free), wait => Assert.Equal(TimeSpan.Zero, wait));
        Assert.Equal(waits.Order(), waits);
        Assert.Equal(SignInThrottle.OfNameHere.Longest, waits[^1]);
    }

    [Fact] // A12
    public async Task A_flood_from_a_network_shuts_nobody_out_who_signed_in_from_it_before()
    {
        for (var i = 0; i < 40; i++) Count($"name{i}", "192.0.2.7");
        var flood = Enumerable.Range(0, SignInThrottle.MaxWaiting)
            .Select(n => _delays.WaitAsync($"other{n}", "192.0.2.8", TestContext.Current.CancellationToken)).ToList();
        await Assert.ThrowsAsync<TooManyAttemptsException>(
            () => _delays.WaitAsync("luc", "192.0.2.9", TestContext.Current.CancellationToken));

        Assert.True(
            _delays.WaitAsync("jens", "192.0.2.9", TestContext.Current.CancellationToken, isKnownHere: true).IsCompletedSuccessfully);

        _clock.Advance(SignInThrottle.OfNetwork.Longest);
        await Task.WhenAll(flood);
    }

    [Fact] // A4, A12
    public async Task Guesses_at_one_name_from_everywhere_at_once_are_refused_beyond_a_bound()
    {
        for (var n = 0; n < 60; n++) Count("jens", $"192.0.{n}.7");
        var waiting = Enumerable.Range(0, SignInThrottle.MaxWaiting)
            .Select(n => _delays.WaitAsync("jens", $"198.51.{n}.7", TestContext.Current.CancellationToken)).ToList();

        await Assert.ThrowsAsync<TooManyAttemptsException>(
            () => _delays.WaitAsync("jens", "203.0.113.7", TestContext.Current.CancellationToken));

        _clock.Advance(SignInThrottle.OfName.Longest);
        await Task.WhenAll(waiting);
    }

    [Fact]
    public void From_elsewhere_and_for_other_names_nothing_waits()
    {
        for (var i = 0; i < 10; i++) Count("jens", "192.0.2.7");

        Assert.Equal(TimeSpan.Zero, Count("jens", "198.51.100.1"));
        Assert.Equal(TimeSpan.Zero, Count("luc", "192.0.2.7"));
        Assert.NotEqual(TimeSpan.Zero, Count("JENS ", "::ffff:192.0.2.99"));
    }

    [Fact]
    public void A_right_password_and_a_quarter_of_an_hour_forget()
    {
        for (var i = 0; i < 10; i++) Count("jens", "192.0.2.7");
        _delays.Forget("jens", "192.0.2.7");
        Assert.Equal(TimeSpan.Zero, Count("jens", "192.0.2.7"));

        for (var i = 0; i < 10; i++) Count("jens", "192.0.2.7");
        _clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(TimeSpan.Zero, Count("jens", "192.0.2.7"));
    }

    [Fact]
    public void A_flood_of_names_keeps_its_size()
    {
        for (var i = 0; i < 3 * SignInThrottle.MaxEntries; i++) Count($"name{i}", "192.0.2.7");

        Assert.InRange(_delays.Entries, 1, SignInThrottle.MaxEntries);
    }

    [Fact]
    public async Task The_answer_comes_when_the_wait_is_over()
    {
        for (var i = 0; i < SignInThrottle.OfNameHere.Free; i++) await _delays.WaitAsync(
            "jens", null, TestContext.Current.CancellationToken);

        var waiting = _delays.WaitAsync("jens", null, TestContext.Current.CancellationToken);

        Assert.False(waiting.IsCompleted);
        _clock.Advance(SignInThrottle.OfNameHere.Longest);
        await waiting;
    }

    [Fact]
    public void One_password_for_many_names_waits_whoever_is_named()
    {
        var waits = Enumerable.Range(0, 40).Select(n => Count($"name{n}", "192.0.2.7")).ToList();

        Assert.All(waits.Take(SignInThrottle.OfNetwork.Free), wait => Assert.Equal(TimeSpan.Zero, wait));
        Assert.Equal(SignInThrottle.OfNetwork.Longest, waits[^1]);
        Assert.Equal(TimeSpan.Zero, Count("name0", "198.51.100.1"));
    }

    [Fact]
    public void One_name_from_everywhere_waits_but_never_longer_than_two_seconds()
    {
        var waits = Enumerable.Range(0, 200).Select(n => Count("jens", $"192.0.{n}.7")).ToList();

        Assert.Equal(TimeSpan.FromSeconds(2), waits[^1]);
        Assert.Equal(waits[^1], waits.Max());
    }

    [Fact]
    public void Right_passwords_in_between_open_nothing_to_other_names()
    {
        for (var n = 0; n < 40; n++)
        {
            Count($"name{n}", "192.0.2.7");
            Count("own", "192.0.2.7");
            _delays.Forget("own", "192.0.2.7");
        }

        Assert.NotEqual(TimeSpan.Zero, Count("name99", "192.0.2.7"));
    }

    [Fact]
    public async Task Asking_often_at_the_same_time_is_refused_instead_of_waiting()
    {
        for (var i = 0; i < SignInThrottle.OfNameHere.Free; i++) await WaitAsync();
        var waiting = Enumerable.Range(0, SignInThrottle.MaxWaiting).Select(_ => WaitAsync()).ToList();

        await Assert.ThrowsAsync<TooManyAttemptsException>(WaitAsync);

        _clock.Advance(SignInThrottle.OfNameHere.Longest);
        await Task.WhenAll(waiting);
        var again = WaitAsync();
        Assert.False(again.IsCompleted);
        _clock.Advance(SignInThrottle.OfNameHere.Longest);
        await again;
    }

    private Task WaitAsync() => _delays.WaitAsync("jens", "192.0.2.7", TestContext.Current.CancellationToken);

    private TimeSpan Count(string name, string address) => _delays.Count(name, address);
}
