using MailAdmin.Web.Features.Sessions;
using Microsoft.Extensions.Time.Testing;

namespace MailAdmin.Web.Tests.Sessions;

/// <summary>C120.</summary>
public sealed class SignInDelaysTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly SignInDelays _delays;

    public SignInDelaysTests() => _delays = new(_clock);

    [Fact]
    public void Wrong_guesses_wait_longer_and_longer_up_to_a_limit()
    {
        var waits = Enumerable.Range(0, 20).Select(_ => Count("jens", "192.0.2.7")).ToList();

        Assert.All(waits.Take(SignInDelays.FreeAttempts), wait => Assert.Equal(TimeSpan.Zero, wait));
        Assert.Equal(waits.Order(), waits);
        Assert.Equal(SignInDelays.LongestDelay, waits[^1]);
    }

    [Fact]
    public void From_elsewhere_and_for_other_names_nothing_waits()
    {
        for (var i = 0; i < 20; i++) Count("jens", "192.0.2.7");

        Assert.Equal(TimeSpan.Zero, Count("jens", "198.51.100.1"));
        Assert.Equal(TimeSpan.Zero, Count("luc", "192.0.2.7"));
        Assert.NotEqual(TimeSpan.Zero, Count("JENS ", "::ffff:192.0.2.99"));
    }

    [Fact]
    public void A_right_password_and_a_quarter_of_an_hour_forget()
    {
        for (var i = 0; i < 20; i++) Count("jens", "192.0.2.7");
        _delays.Forget("jens", "192.0.2.7");
        Assert.Equal(TimeSpan.Zero, Count("jens", "192.0.2.7"));

        for (var i = 0; i < 20; i++) Count("jens", "192.0.2.7");
        _clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(TimeSpan.Zero, Count("jens", "192.0.2.7"));
    }

    [Fact]
    public void A_flood_of_names_keeps_its_size()
    {
        for (var i = 0; i < 3 * SignInDelays.MaxEntries; i++) Count($"name{i}", "192.0.2.7");

        Assert.InRange(_delays.Entries, 1, SignInDelays.MaxEntries);
    }

    [Fact]
    public async Task The_answer_comes_when_the_wait_is_over()
    {
        for (var i = 0; i < SignInDelays.FreeAttempts; i++) await _delays.WaitAsync("jens", null, TestContext.Current.CancellationToken);

        var waiting = _delays.WaitAsync("jens", null, TestContext.Current.CancellationToken);

        Assert.False(waiting.IsCompleted);
        _clock.Advance(SignInDelays.LongestDelay);
        await waiting;
    }

    private TimeSpan Count(string name, string address) => _delays.Count(SignInDelays.KeyOf(name, address));
}
