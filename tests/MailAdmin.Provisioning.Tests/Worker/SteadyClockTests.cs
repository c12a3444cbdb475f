using MailAdmin.Provisioning.Worker;

namespace MailAdmin.Provisioning.Tests.Worker;

public sealed class SteadyClockTests
{
    private readonly TwoClocks _clock = new();

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

        _clock.Wall += TimeSpan.FromDays(days);

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

    /// <summary>A wall clock that can be set, beside a counter that can't.</summary>
    private sealed class TwoClocks : TimeProvider
    {
        private long _counter;

        public DateTimeOffset Wall { get; set; } = new(2026, 11, 25, 9, 41, 0, TimeSpan.Zero);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Wall;

        public override long GetTimestamp() => _counter;

        public void Advance(TimeSpan time)
        {
            Wall += time;
            _counter += time.Ticks;
        }
    }
}
