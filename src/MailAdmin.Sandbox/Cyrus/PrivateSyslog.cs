using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using MailAdmin.Sandbox.Processes;

namespace MailAdmin.Sandbox.Cyrus;

/// <summary>
/// Cyrus logs only to /dev/log. Each cyrmaster gets a /dev of its own, in which /dev/log is a socket that the sandbox reads. Logs of
/// several sandboxes and of the machine's own syslog stay separate, and error messages can quote the lines.
/// </summary>
internal sealed partial class PrivateSyslog : IAsyncDisposable
{
    private const string Script = """
        set -e
        dev=$1; log=$2; shift 2
        mount -t tmpfs -o mode=755 sandbox "$dev"
        for node in null zero full random urandom tty; do
            : > "$dev/$node"
            mount --bind "/dev/$node" "$dev/$node"
        done
        ln -s /proc/self/fd "$dev/fd"
        ln -s "$log" "$dev/log"
        mount --rbind "$dev" /dev
        exec "$@"
        """;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);
    private readonly SemaphoreSlim _catchingUp = new(1);
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly LogFile _log;
    private readonly Task _reading;
    private readonly EndPoint _address;
    private volatile TaskCompletionSource? _caughtUp;

    public PrivateSyslog(SandboxFolder folder, LogFile log)
    {
        _log = log;
        File.Delete(folder.LogSocket);
        _address = new UnixDomainSocketEndPoint(folder.LogSocket);
        _socket.Bind(_address);
        File.SetUnixFileMode(folder.LogSocket, FileModes.Private | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite);
        _reading = ReadAsync();
    }

    /// <summary>Runs the command with the sandbox's own /dev/log. The process id stays the same, since each step execs the next.</summary>
    public static DaemonCommand Wrap(SandboxFolder folder, string program, params string[] arguments)
    {
        var dev = folder.In("run/dev");
        Directory.CreateDirectory(dev, FileModes.Entered);
        return new DaemonCommand("unshare", ["--mount", "sh", "-c", Script, "sandbox", dev, folder.LogSocket, program, .. arguments]);
    }

    /// <summary>Waits until everything sent before is in the log: an empty datagram marks the end of the queue.</summary>
    public async Task CatchUpAsync()
    {
        // One call at a time, because the marker of one would be taken for the marker of another.
        await _catchingUp.WaitAsync();
        try
        {
            var caughtUp = _caughtUp = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using var sender = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            await sender.SendToAsync(Array.Empty<byte>(), _address);
            await caughtUp.Task.WaitAsync(Timeout);
        }
        catch (Exception e) when (e is SocketException or TimeoutException)
        {
            // The socket is no longer read; the log stays as it is.
        }
        finally
        {
            _catchingUp.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        await _reading;
        _catchingUp.Dispose();
    }

    private async Task ReadAsync()
    {
        var datagram = new byte[64 * 1024];
        try
        {
            while (true)
            {
                var length = await _socket.ReceiveAsync(datagram);
                if (length == 0) _caughtUp?.TrySetResult();
                else _log.Append(Priority().Replace(Encoding.UTF8.GetString(datagram, 0, length), "").TrimEnd('\n', '\0'));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // closed by DisposeAsync
        }
    }

    [GeneratedRegex(@"^<\d+>", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Priority();
}
