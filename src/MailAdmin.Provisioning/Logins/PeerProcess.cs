using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace MailAdmin.Provisioning.Logins;

/// <summary>The process at the other end of a Unix socket, as the kernel knows it (SO_PEERCRED, unix(7)).</summary>
internal static class PeerProcess
{
    private const int SolSocket = 1;
    private const int SoPeerCred = 17;

    /// <summary>Its number, or 0 where it can't be seen: it runs in another process namespace.</summary>
    public static int Of(Socket client)
    {
        if (!OperatingSystem.IsLinux()) return 0;
        // struct ucred: process, user, group.
        Span<int> credentials = stackalloc int[3];
        try
        {
            return client.GetRawSocketOption(SolSocket, SoPeerCred, MemoryMarshal.AsBytes(credentials)) == sizeof(int) * 3
                ? credentials[0] : 0;
        }
        catch (SocketException)
        {
            // It has hung up.
            return 0;
        }
    }

    /// <summary>
    /// When it started, in clock ticks since boot, so that a number that was given again is not taken for the former process; null when it
    /// has ended.
    /// </summary>
    public static long? StartOf(int process)
    {
        try
        {
            // proc(5): the name stands in brackets and may hold anything; the start is the 20th field behind it.
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return long.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19], System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
