using System.Net.Sockets;
using System.Text;

namespace MailAdmin.Core.Domains;

/// <summary>
/// Asks a server for its name. Address and port alone do not tell whether relayed mail would come back to this host: it may have other
/// names, other ports, and routers that lead back. A server's greeting contains its name (RFC 5321, section 4.2).
/// </summary>
internal static class ServerGreeting
{
    // Kept short because a page waits for it.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    // RFC 5321, section 4.5.3.1.5.
    private const int LongestLine = 512;

    /// <summary>
    /// Whether the server greets with this host's own name. A server that does not answer counts as another, which may not be running yet.
    /// </summary>
    public static async Task<bool> IsOfAsync(NextHop hop, MailHostNames host, CancellationToken cancellationToken)
    {
        if (hop is not { IsSmtp: true, Host: { } server } || host.Hostname is not { } name) return false;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        over.CancelAfter(Timeout);
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

    private static async Task<string> ReadAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var (buffer, length) = (new byte[LongestLine], 0);
        while (length < buffer.Length && !buffer.AsSpan(0, length).Contains((byte)'\n'))
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken);
            if (read == 0) break;
            length += read;
        }
        return Encoding.ASCII.GetString(buffer, 0, length);
    }
}
