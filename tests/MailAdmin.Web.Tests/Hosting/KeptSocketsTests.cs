using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MailAdmin.Web.Hosting;
using MailAdmin.Web.Tests.Commands;

namespace MailAdmin.Web.Tests.Hosting;

/// <summary>The panel's sockets, which systemd keeps while the panel restarts: a socket of this test stands where systemd's do.</summary>
public sealed class KeptSocketsTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);

    private readonly SettingsFile _file = new SettingsFile().Save();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mailadmin-kept");
    private readonly Socket _manager = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly Socket _kept = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public KeptSocketsTests()
    {
        _manager.Bind(new UnixDomainSocketEndPoint(Address));
        _kept.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _kept.Listen();
        // So that a process started here inherits it.
        KeptSocket.Share(_kept);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Address => Path.Combine(_folder.FullName, "notify");

    private IPEndPoint Place => (IPEndPoint)_kept.LocalEndPoint!;

    public void Dispose()
    {
        _kept.Dispose();
        _manager.Dispose();
        _folder.Delete(recursive: true);
        _file.Dispose();
    }

    [Fact]
    public async Task The_panel_answers_at_the_socket_of_the_process_before_and_leaves_it_to_the_next()
    {
        using var process = Start($"http://{Place}");
        await HearAsync("READY=1");

        using var client = new HttpClient { Timeout = Deadline };
        Assert.Equal("ok", await client.GetStringAsync(new Uri($"http://{Place}/health"), Token));
        await EndAsync(process);

        // Who connects after its end waits for the next process.
        using var waiting = new TcpClient(AddressFamily.InterNetwork);
        await waiting.ConnectAsync(Place, Token).AsTask().WaitAsync(Deadline, Token);
        using var taken = await _kept.AcceptAsync(Token).AsTask().WaitAsync(Deadline, Token);
        Assert.Equal(waiting.Client.LocalEndPoint, taken.RemoteEndPoint);
    }

    [Fact]
    public async Task A_new_address_is_given_to_systemd_and_the_old_one_is_taken_from_it()
    {
        using var process = Start("http://127.0.0.1:0");

        Assert.StartsWith("FDSTORE=1\nFDNAME=panel-127.0.0.1-", await HearAsync("FDSTORE=1"), StringComparison.Ordinal);
        Assert.Equal("FDSTOREREMOVE=1\nFDNAME=panel-old", await HearAsync("FDSTOREREMOVE=1"));
        await EndAsync(process);
    }

    [Fact]
    public async Task An_address_that_another_program_has_gets_a_sentence()
    {
        var result = await MailAdminCommand.RunAsync("C.UTF-8", "--settings", _file.Path, "--urls", $"http://{Place}");

        result.Ends(1);
        Assert.Contains($"{Place}", result.Output, StringComparison.Ordinal);
        Assert.Contains("Another program listens there", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Output + result.Error, StringComparison.Ordinal);
    }

    // Descriptor 3, as systemd gives it.
    private Process Start(string urls)
    {
        var descriptor = ((int)_kept.Handle).ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo(
            "/bin/bash",
            [
                "-c", $"[ {descriptor} = 3 ] || exec 3<&{descriptor}; LISTEN_PID=$$ exec dotnet exec \"$@\"", "-",
                Path.Combine(AppContext.BaseDirectory, "mailadmin.dll"), "--settings", _file.Path, "--urls", urls, "--stop-with-stdin", "true",
            ])
        { UseShellExecute = false, RedirectStandardInput = true };
        (start.Environment["NOTIFY_SOCKET"], start.Environment["LISTEN_FDS"], start.Environment["LISTEN_FDNAMES"]) =
            (Address, "1", "panel-old");
        return Process.Start(start)!;
    }

    private static async Task EndAsync(Process process)
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync(Token).WaitAsync(Deadline, Token);
        Assert.Equal(0, process.ExitCode);
    }

    private async Task<string> HearAsync(string state)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Token);
        over.CancelAfter(Deadline);
        var buffer = new byte[256];
        while (true)
        {
            var length = await _manager.ReceiveAsync(buffer, over.Token);
            var heard = Encoding.UTF8.GetString(buffer, 0, length);
            if (heard.Split('\n').Contains(state, StringComparer.Ordinal)) return heard;
        }
    }
}
