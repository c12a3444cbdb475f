using MailAdmin.EndToEnd.Tests.Shared;
using MailAdmin.Sandbox;
using MailAdmin.Sandbox.Processes;

namespace MailAdmin.EndToEnd.Tests.Sandboxes;

public sealed class DaemonTests(OwnSandbox own) : IClassFixture<OwnSandbox>
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);
    private readonly MailSandbox _sandbox = own.Sandbox;

    [Fact]
    public async Task Each_daemon_stops_and_starts_alone()
    {
        foreach (var daemon in (Daemon[])[_sandbox.Panel, _sandbox.Cyrus, _sandbox.Postfix])
        {
            await daemon.StopAsync();
            Assert.False(daemon.IsRunning);
            await daemon.StartAsync(TestContext.Current.CancellationToken);
            await daemon.KillAsync();
            Assert.False(daemon.IsRunning);
            await daemon.StartAsync(TestContext.Current.CancellationToken);
            Assert.True(daemon.IsRunning);
        }
        Assert.False(_sandbox.WaitForDeathAsync().IsCompleted);
    }

    [Fact]
    public async Task A_paused_Cyrus_accepts_and_says_nothing_until_it_is_resumed()
    {
        _sandbox.Cyrus.Pause();
        var greeting = LineSession.OpenAsync(_sandbox.Ports.Imap);
        await Assert.ThrowsAsync<TimeoutException>(() => greeting.WaitAsync(Moment, TestContext.Current.CancellationToken));

        _sandbox.Cyrus.Resume();

        using var session = await greeting;
        Assert.StartsWith("* OK", session.Greeting);
    }

    [Fact]
    public async Task A_paused_daemon_can_be_stopped()
    {
        _sandbox.Postfix.Pause();
        await _sandbox.Postfix.StopAsync();

        Assert.False(_sandbox.Postfix.IsRunning);
        await _sandbox.Postfix.StartAsync(TestContext.Current.CancellationToken);
    }
}
