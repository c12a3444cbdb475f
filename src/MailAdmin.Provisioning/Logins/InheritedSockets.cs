using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace MailAdmin.Provisioning.Logins;

/// <summary>
/// The listening sockets that systemd opened for this process (sd_listen_fds(3)), with owner and mode as its unit says. systemd keeps them
/// while the process restarts: a client that connects meanwhile waits instead of being refused.
/// </summary>
internal static class InheritedSockets
{
    private const int FirstDescriptor = 3;

    // fcntl(2).
    private const int SetDescriptorFlags = 2;
    private const int CloseOnExec = 1;
    private const int GetStatusFlags = 3;
    private const int SetStatusFlags = 4;
    private const int NonBlocking = 0x800;

    /// <returns>The socket that listens on this path; null if systemd gave none. It is never closed: it belongs to systemd.</returns>
    public static Socket? Find(string path)
    {
        if (!OperatingSystem.IsLinux() || Variable("LISTEN_PID") != Environment.ProcessId) return null;
        for (var n = 0; n < Variable("LISTEN_FDS"); n++)
        {
            Prepare(FirstDescriptor + n);
            var socket = new Socket(new SafeSocketHandle(FirstDescriptor + n, ownsHandle: false));
            if (socket.LocalEndPoint is UnixDomainSocketEndPoint place && place.ToString() == Path.GetFullPath(path)) return socket;
        }
        return null;
    }

    // A command that this process starts must not get the socket. systemd's sockets do not block; the threads that accept have to.
    private static void Prepare(int descriptor)
    {
        _ = fcntl(descriptor, SetDescriptorFlags, CloseOnExec);
        _ = fcntl(descriptor, SetStatusFlags, fcntl(descriptor, GetStatusFlags, 0) & ~NonBlocking);
    }

    private static int? Variable(string name)
    {
        var text = Environment.GetEnvironmentVariable(name);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int fcntl(int descriptor, int command, int argument);
}
