using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace MailAdmin.Provisioning.Logins;

/// <summary>The process at the other end of a Unix socket, from the kernel (SO_PEERCRED, unix(7)).</summary>
internal static class PeerProcess
{
    private const int SolSocket = 1;
    private const int SoPeerCred = 17;

    /// <summary>The process id, or 0 if it is not visible because the process runs in another PID namespace.</summary>
    public static int Of(Socket client)
    {
        if (!OperatingSystem.IsLinux()) return 0;
        // struct ucred: pid, uid, gid.
        Span<int> credentials = stackalloc int[3];
        try
        {
            return client.GetRawSocketOption(SolSocket, SoPeerCred, MemoryMarshal.AsBytes(credentials)) == sizeof(int) * 3
                ? credentials[0] : 0;
        }
        catch (SocketException)
        {
            // The client has disconnected.
            return 0;
        }
    }

    /// <summary>
    /// The process's start time in clock ticks since boot, by which a reused process id is not taken for the earlier process; null if the
    /// process has ended.
    /// </summary>
    public static long? StartOf(int process)
    {
        try
        {
            // proc(5): the name is in parentheses and may contain anything; the start time is the 20th field after it.
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return long.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19], System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
