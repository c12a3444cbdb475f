using System.Diagnostics;
using MailAdmin.EndToEnd.Tests.Shared;
using MailAdmin.Sandbox;
using MailAdmin.Sandbox.Packages;
using MailAdmin.Sandbox.Processes;

namespace MailAdmin.EndToEnd.Tests.Sandboxes;

public sealed class CommandLineTests : IAsyncDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "MailAdmin.Sandbox.dll");
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);
    private readonly TemporaryFolder _folder = new();
    private readonly List<Process> _started = [];

    [Fact]
    public async Task SIGTERM_ends_it_with_0_and_nothing_left_running()
    {
        var sandbox = Run("dotnet", "exec", Program, "--folder", _folder.Path, "--empty");
        await WaitUntilReadyAsync();

        Signals.Send(sandbox.Id, Signal.Terminate);
        var output = await sandbox.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await sandbox.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, sandbox.ExitCode);
        Assert.Contains("http://localhost:", output);
        Assert.Empty(RunningProcesses.Of(_folder.Path));
        Assert.False(File.Exists(Description));
    }

    [Fact]
    public async Task Stopped_while_it_starts_it_leaves_nothing_running()
    {
        var sandbox = Run("dotnet", "exec", Program, "--folder", _folder.Path, "--empty");
        await Eventually.HoldsAsync(
            () => Assert.Contains(RunningProcesses.Of(_folder.Path), process => process.Contains("cyrmaster")), StartTime);

        Signals.Send(sandbox.Id, Signal.Terminate);
        await sandbox.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, sandbox.ExitCode);
        Assert.Empty(RunningProcesses.Of(_folder.Path));
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("0")]
    [InlineData("70000")]
    public async Task A_port_that_is_none_is_refused(string port)
    {
        var sandbox = Run("dotnet", "exec", Program, "--folder", _folder.Path, "--port", port);
        var errors = await sandbox.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await sandbox.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, sandbox.ExitCode);
        Assert.Contains("--port takes a number from 1 to 65535.", errors);
    }

    [Fact]
    public async Task Killed_with_9_it_starts_again_in_the_same_folder()
    {
        var sandbox = Run("dotnet", "exec", Program, "--folder", _folder.Path, "--empty");
        await WaitUntilReadyAsync();
        sandbox.Kill();
        await sandbox.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Contains(RunningProcesses.Of(_folder.Path), process => process.Contains("cyrmaster"));
        Assert.Contains(RunningProcesses.Of(_folder.Path), process => process.Contains("postfix"));

        await using (var again = await MailSandbox.StartAsync(
            new SandboxOptions { Folder = _folder.Path, Empty = true }, cancellationToken: TestContext.Current.CancellationToken))
            Assert.Single(RunningProcesses.Of(_folder.Path), process => process.Contains("cyrmaster"));

        Assert.Empty(RunningProcesses.Of(_folder.Path));
    }

    [Fact]
    public async Task A_daemon_that_dies_ends_it_with_1_and_a_message()
    {
        var sandbox = Run("dotnet", "exec", Program, "--folder", _folder.Path, "--empty");
        await WaitUntilReadyAsync();

        Signals.Send(
            int.Parse(await File.ReadAllTextAsync(Path.Combine(_folder.Path, "run/cyrus.pid"), TestContext.Current.CancellationToken)),
            Signal.Kill);
        var errors = await sandbox.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await sandbox.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, sandbox.ExitCode);
        Assert.StartsWith("Cyrus has ended by itself", errors);
        Assert.DoesNotContain("   at MailAdmin", errors);
        Assert.Empty(RunningProcesses.Of(_folder.Path));
    }

    [Fact]
    public async Task Without_root_it_says_how_to_become_root()
    {
        var sandbox = Run(
            "setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "dotnet", "exec", Program, "--folder", _folder.Path,
            "--empty");
        var errors = await sandbox.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await sandbox.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.SkipWhen(
            errors.Contains("Could not load file or assembly")
            || errors.Contains("does not exist"), "User nobody cannot read this checkout.");

        Assert.Equal(1, sandbox.ExitCode);
        Assert.Contains($"sudo dotnet run --project src/MailAdmin.Sandbox -- --folder {_folder.Path} --empty", errors);
    }

    [Fact]
    public async Task Without_root_missing_packages_are_named_in_one_command()
    {
        var packages = new DebianPackages(["postfix", "no-such-package"]);

        var refusal = await Assert.ThrowsAsync<SandboxException>(
            () => packages.EnsureAsync(isRoot: false, _ => { }, TestContext.Current.CancellationToken));

        Assert.EndsWith("install -q -y --no-install-recommends no-such-package'", refusal.Message);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _started.Where(process => !process.HasExited)) // the test has failed
        {
            Signals.Send(process.Id, Signal.Terminate);
            await process.WaitForExitAsync();
        }
        foreach (var process in _started) process.Dispose();
        _folder.Dispose();
    }

    private string Description => Path.Combine(_folder.Path, "sandbox.json");

    private Task WaitUntilReadyAsync() => Eventually.HoldsAsync(() => Assert.True(File.Exists(Description)), StartTime);

    private Process Run(string program, params string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        _started.Add(process);
        return process;
    }
}
