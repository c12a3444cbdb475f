using MailAdmin.Provisioning.Worker;
using Microsoft.Extensions.Time.Testing;

namespace MailAdmin.Provisioning.Tests.Worker;

public sealed class SteadyClockTests
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.Parse("2026-11-25T09:41:00Z"));

    [Fact]
    public void A_clock_is_trusted_some_minutes_after_the_start()
    {
        var steady = new SteadyClock(_clock);

        Assert.False(steady.Look());
        Assert.False(GoesFor(steady, SteadyClock.AfterStart - TimeSpan.FromMinutes(1)));
        Assert.True(GoesFor(steady, TimeSpan.FromMinutes(1)));
    }

    [Theory]
    [InlineData(30)]
    [InlineData(-30)]
    public void A_clock_that_jumped_by_days_is_not_trusted_for_a_day(int days)
    {
        var steady = new SteadyClock(_clock);
        Assert.True(GoesFor(steady, SteadyClock.AfterStart));

        _clock.AdjustTime(_clock.GetUtcNow().AddDays(days));

        Assert.False(steady.Look());
        Assert.False(GoesFor(steady, SteadyClock.AfterJump - TimeSpan.FromMinutes(1)));
        Assert.True(GoesFor(steady, TimeSpan.FromMinutes(1)));
    }

    private bool GoesFor(SteadyClock steady, TimeSpan time)
    {
        var trusted = false;
        for (var n = 0; n < time.TotalMinutes; n++)
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            trusted = steady.Look();
        }
        return trusted;
    }
}
