using MailAdmin.Provisioning.Worker;

namespace MailAdmin.Provisioning.Tests.Worker;

[Trait("Lane", "unit")]
public sealed class ClockStabilityMonitorTests
{
    private readonly TwoClocks _clock = new();

    [Fact]
    public void A_clock_is_trusted_some_minutes_after_the_start()
    {
        var steady = new ClockStabilityMonitor(_clock);

        Assert.False(steady.IsStable());
        Assert.False(GoesFor(steady, ClockStabilityMonitor.AfterStart - TimeSpan.FromMinutes(1)));
        Assert.True(GoesFor(steady, TimeSpan.FromMinutes(1)));
    }

    [Theory]
    [InlineData(30)]
    [InlineData(-30)]
    public void A_clock_that_jumped_by_days_is_not_trusted_for_a_day(int days)
    {
        var steady = new ClockStabilityMonitor(_clock);
        Assert.True(GoesFor(steady, ClockStabilityMonitor.AfterStart));

        _clock.Wall += TimeSpan.FromDays(days);

        Assert.False(steady.IsStable());
        Assert.False(GoesFor(steady, ClockStabilityMonitor.AfterJump - TimeSpan.FromMinutes(1)));
        Assert.True(GoesFor(steady, TimeSpan.FromMinutes(1)));
    }

    private bool GoesFor(ClockStabilityMonitor steady, TimeSpan time)
    {
        var trusted = false;
        for (var n = 0; n < time.TotalMinutes; n++)
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            trusted = steady.IsStable();
        }
        return trusted;
    }

    /// <summary>A wall clock that can be set, and a counter that cannot.</summary>
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
