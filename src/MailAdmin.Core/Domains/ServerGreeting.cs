using System.Net.Sockets;
using System.Text;

namespace MailAdmin.Core.Domains;

/// <summary>
/// Asks a server who it is. By address and port alone one cannot tell whether mail that is handed on comes back: there are other names,
/// other ports, and routers that lead back. A server's greeting names it (RFC 5321, section 4.2).
/// </summary>
internal static class ServerGreeting
{
    // For which somebody waits.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    // RFC 5321, section 4.5.3.1.5.
    private const int LongestLine = 512;

    /// <summary>
    /// Whether the server greets with the host's own name. One that does not answer may be another's that is not there yet.
    /// </summary>
    public static async Task<bool> IsOfAsync(NextHop hop, MailHostNames host, CancellationToken cancellationToken)
    {
        if (hop is not { IsSmtp: true, Host: { } server } || host.Hostname is not { } name) return false;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        over.CancelAfter(Patience);
        try
        {
            using var tcp = new TcpClient();
            await tcp.ConnectAsync(server, hop.Port, over.Token);
            var greeting = await ReadAsync(tcp.GetStream(), over.Token);
            return greeting.Split((char[])[' ', '-', '\r', '\n'], 3) is [_, var named, ..]
                && string.Equals(named, name.Value, StringComparison.OrdinalIgnoreCase);
        }
        catch (Exception e) when (
            e is SocketException or IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private static async Task<string> ReadAsync(NetworkStream stream, CancellationToken token)
    {
        var (buffer, length) = (new byte[LongestLine], 0);
        while (length < buffer.Length && !buffer.AsSpan(0, length).Contains((byte)'\n'))
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), token);
            if (read == 0) break;
            length += read;
        }
        return Encoding.ASCII.GetString(buffer, 0, length);
    }
}
