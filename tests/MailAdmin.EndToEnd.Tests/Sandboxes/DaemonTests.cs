using MailAdmin.EndToEnd.Tests.Shared;
using MailAdmin.Sandbox;
using MailAdmin.Sandbox.Processes;

namespace MailAdmin.EndToEnd.Tests.Sandboxes;

public sealed class DaemonTests : IAsyncLifetime
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);
    private readonly TemporaryFolder _folder = new();
    private MailSandbox _sandbox = null!;

    public async ValueTask InitializeAsync() =>
        _sandbox = await MailSandbox.StartAsync(new SandboxOptions { Folder = _folder.Path, Empty = true });

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
    }

    [Fact]
    public async Task A_daemon_that_dies_is_told_with_its_log()
    {
        using var killer = System.Diagnostics.Process.GetProcessById(_sandbox.Cyrus.ProcessId!.Value);
        killer.Kill();

        var death = await _sandbox.WaitForDeathAsync().WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);

        Assert.Contains("Cyrus has ended by itself", death.Message);
        Assert.Contains("cyrus/", death.Message);
    }

    public async ValueTask DisposeAsync()
    {
        await _sandbox.DisposeAsync();
        Assert.Empty(RunningProcesses.Of(_folder.Path));
        _folder.Dispose();
    }
}
