using MailAdmin.Provisioning.Hosting;
using MailAdmin.Provisioning.Worker;

namespace MailAdmin.Provisioning.Tests.Hosting;

public sealed class RetryScheduleTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Pauses_never_shrink_and_never_end(bool refused)
    {
        var pauses = Enumerable.Range(1, 1_000).Select(n => RetrySchedule.Pause(n, refused)).ToList();
        Assert.Equal(pauses.Order(), pauses);
        Assert.All(pauses, p => Assert.InRange(p, TimeSpan.FromSeconds(0.1), TimeSpan.FromHours(1)));
    }

    [Fact]
    public void A_server_that_is_away_is_asked_again_within_half_a_minute() =>
        Assert.True(RetrySchedule.Pause(int.MaxValue, refused: false) <= TimeSpan.FromSeconds(30));

    [Fact]
    public void A_server_that_refused_is_left_alone_longer_than_one_that_is_away() =>
        Assert.All(
            Enumerable.Range(1, 20), n => Assert.True(RetrySchedule.Pause(n, refused: true) > RetrySchedule.Pause(n, refused: false)));
}
