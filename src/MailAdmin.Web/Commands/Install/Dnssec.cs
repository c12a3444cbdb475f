using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using MailAdmin.Provisioning.Installation;

namespace MailAdmin.Web.Commands.Install;

/// <summary>
/// Looks whether this host's resolver validates DNSSEC. Only one on this host counts: what a resolver elsewhere says may be forged on its
/// way (RFC 7672, section 2.1).
/// </summary>
internal static class Dnssec
{
    private const int Port = 53;
    private const int HeaderOctets = 12;
    private const byte AuthenticData = 0x20;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(3);

    // "org", type DS, class IN: signed by the root.
    private static readonly byte[] Question = [3, (byte)'o', (byte)'r', (byte)'g', 0, 0, 43, 0, 1];

    public static async Task<bool> IsValidatedAsync(SystemRoot root, CancellationToken cancellationToken)
    {
        var file = root.Of("/etc/resolv.conf");
        if (!File.Exists(file)) return false;
        var servers = (await File.ReadAllLinesAsync(file, cancellationToken))
            .Select(l => l.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
            .Where(f => f is ["nameserver", ..]).Select(f => IPAddress.TryParse(f[1], out var address) ? address : IPAddress.Any).ToList();
        return servers.Count > 0 && servers.All(IPAddress.IsLoopback) && await AsksWellAsync(servers[0], cancellationToken);
    }

    private static async Task<bool> AsksWellAsync(IPAddress server, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Deadline);
        try
        {
            using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            await socket.ConnectAsync(new IPEndPoint(server, Port), limit.Token);
            // Recursion desired, and the bit that asks whether the answer is authentic (RFC 6840, section 5.7).
            byte[] query = [.. RandomNumberGenerator.GetBytes(2), 0x01, AuthenticData, 0, 1, 0, 0, 0, 0, 0, 0, .. Question];
            await socket.SendAsync(query, limit.Token);
            var answer = new byte[512];
            var length = await socket.ReceiveAsync(answer, limit.Token);
            return length >= HeaderOctets && answer[0] == query[0] && answer[1] == query[1] && (answer[3] & AuthenticData) != 0;
        }
        catch (Exception e) when (e is SocketException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }
}
