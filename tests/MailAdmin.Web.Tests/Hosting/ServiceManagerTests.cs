using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace MailAdmin.Web.Tests.Hosting;

/// <summary>The panel and the login service as systemd starts them: a socket of this test stands where systemd's does.</summary>
public sealed class ServiceManagerTests : IDisposable
{
    private const string Activate = "/usr/bin/systemd-socket-activate";

    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);

    private readonly SettingsFile _file = new SettingsFile().Save();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mailadmin-notify");
    private readonly Socket _manager = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    public ServiceManagerTests() => _manager.Bind(new UnixDomainSocketEndPoint(Address));

    private string Address => Path.Combine(_folder.FullName, "notify");

    public void Dispose()
    {
        _manager.Dispose();
        _folder.Delete(recursive: true);
        _file.Dispose();
    }

    [Theory]
    [InlineData("--urls", "http://127.0.0.1:0")]
    [InlineData("login-service")]
    public async Task It_says_that_it_is_ready_that_it_lives_and_that_it_stops(params string[] args)
    {
        using var process = Start(args);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);

        await HearAsync("READY=1");
        await HearAsync("WATCHDOG=1");
        await HearAsync("WATCHDOG=1");
        process.StandardInput.Close();
        await HearAsync("STOPPING=1");
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Deadline, TestContext.Current.CancellationToken);

        Assert.Equal(0, process.ExitCode);
        // The link is no business of those who may read the journal.
        Assert.DoesNotContain("/setup/", await output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_login_service_answers_on_the_socket_that_systemd_gave_it_and_leaves_it_behind()
    {
        Assert.SkipUnless(File.Exists(Activate), "Needs systemd-socket-activate");
        var path = Path.Combine(_folder.FullName, "mux");
        _file["Logins:Socket"] = path;
        // A busy machine may take longer than five seconds for the first login.
        _file["Logins:Deadline"] = "00:01:00";
        _file.Save();
        using var process = Start(["login-service"], Activate, "--listen", path, "dotnet");
        await UntilAsync(() => File.Exists(path));
        var mode = File.GetUnixFileMode(path);

        Assert.Equal("NO", await LoginAsync(path));
        Assert.Equal("NO", await LoginAsync(path));
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Deadline, TestContext.Current.CancellationToken);

        Assert.Equal(0, process.ExitCode);
        // Neither its rights nor its file are the service's business.
        Assert.Equal(mode, File.GetUnixFileMode(path));
        Assert.False(File.Exists(path + ".lock"));
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        var started = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Deadline, "not within the deadline");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    // Four counted strings; the answer is a counted string (saslauthd(8)).
    private static async Task<string> LoginAsync(string path)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        over.CancelAfter(Deadline);
        using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await client.ConnectAsync(new UnixDomainSocketEndPoint(path), over.Token);
        await client.SendAsync("\0\u0006nobody\0\u0001x\0\u0004imap\0\0"u8.ToArray(), over.Token);
        await using var stream = new NetworkStream(client);
        var answer = new byte[4];
        await stream.ReadExactlyAsync(answer, over.Token);
        return Encoding.ASCII.GetString(answer, 2, 2);
    }

    private Process Start(string[] args, params string[] before)
    {
        string[] words =
        [
            .. before.DefaultIfEmpty("dotnet"), "exec", Path.Combine(AppContext.BaseDirectory, "mailadmin.dll"),
            .. args, "--settings", _file.Path, "--stop-with-stdin", "true",
        ];
        var start = new ProcessStartInfo(words[0], words[1..])
        { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        (start.Environment["NOTIFY_SOCKET"], start.Environment["WATCHDOG_USEC"]) = (Address, "400000");
        return Process.Start(start)!;
    }

    private async Task HearAsync(string state)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        over.CancelAfter(Deadline);
        var buffer = new byte[256];
        while (true)
        {
            var length = await _manager.ReceiveAsync(buffer, over.Token);
            if (Encoding.UTF8.GetString(buffer, 0, length).Split('\n').Contains(state, StringComparer.Ordinal)) return;
        }
    }
}
