using FsCheck.Xunit;
using MailAdmin.Provisioning.Hosting;
using MailAdmin.Provisioning.Worker;

namespace MailAdmin.Provisioning.Tests.Hosting;

public sealed class RetryScheduleProperties
{
    [Property(QuietOnSuccess = true)]
    public void After_more_failures_the_pause_is_never_shorter_and_always_within_an_hour(
        int attempts, FsCheck.NonNegativeInt more, bool refused)
    {
        var pause = RetrySchedule.Pause(attempts, refused);
        var later = (int)Math.Min(int.MaxValue, (long)attempts + more.Get);
        Assert.True(RetrySchedule.Pause(later, refused) >= pause);
        Assert.InRange(pause, TimeSpan.FromSeconds(0.5), TimeSpan.FromHours(1));
    }

    [Theory]
    [InlineData(int.MinValue)]
    [InlineData(0)]
    [InlineData(int.MaxValue)]
    public void Every_count_of_attempts_has_its_pause(int attempts) =>
        Assert.InRange(RetrySchedule.Pause(attempts, refused: true), TimeSpan.FromSeconds(30), TimeSpan.FromHours(1));
}
