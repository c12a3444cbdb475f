using System.Net;
using System.Net.Sockets;
using MailAdmin.Provisioning.Processes;

namespace MailAdmin.Provisioning.Postfix;

/// <summary>The next hop to the mailboxes, probed as Postfix connects to it, and the mail that waits for it on this host.</summary>
internal sealed class StoreNextHop(string nextHop, string name, MailQueue queue)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly HashSet<string> _names = new([name], StringComparer.Ordinal);

    /// <summary>
    /// Why the next hop accepts no mail; null if it greets with 220, or if the panel can't connect to that kind of next hop, or may not:
    /// Debian lets the group of Postfix to Cyrus' socket, and not the panel. Then the waiting mail tells.
    /// </summary>
    public async Task<string?> FaultAsync(CancellationToken cancellationToken)
    {
        if (EndPointOf(nextHop) is not { } place) return null;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Timeout);
        try
        {
            var greeting = await GreetingAsync(place, limit.Token);
            return greeting.StartsWith("220", StringComparison.Ordinal) ? null : greeting;
        }
        catch (SocketException denied) when (denied.SocketErrorCode == SocketError.AccessDenied)
        {
            return null;
        }
        catch (Exception away) when (away is SocketException or IOException)
        {
            return away.Message;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"no greeting within {Timeout.TotalSeconds:0} s";
        }
    }

    /// <summary>The mail that waits for mailboxes, oldest first.</summary>
    /// <exception cref="CommandException">postqueue failed.</exception>
    public async Task<IReadOnlyList<QueuedMail>> WaitingAsync(CancellationToken cancellationToken) =>
        [.. (await queue.ListAsync(_names, cancellationToken)).OrderBy(m => m.ArrivedAt)];

    /// <summary>
    /// The first message that waits for another reason than a full mailbox, which says nothing about the store; null if there is none.
    /// </summary>
    public static StoreFault? FirstOf(IEnumerable<QueuedMail> waiting) => waiting
        .SelectMany(
            m => m.Recipients.Where(r => !WaitingMessage.LacksRoom(r.Reason)).Select(r => new StoreFault(m.ArrivedAt, r.Reason ?? "")))
                .FirstOrDefault();

    private static async Task<string> GreetingAsync(EndPoint place, CancellationToken cancellationToken)
    {
        using var socket = place is UnixDomainSocketEndPoint
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(place, cancellationToken);
        await using var stream = new NetworkStream(socket);
        using var reader = new StreamReader(stream);
        var greeting = await reader.ReadLineAsync(cancellationToken) ?? "";
        await stream.WriteAsync("QUIT\r\n"u8.ToArray(), cancellationToken);
        return greeting;
    }

    // "transport:unix:/path", "transport:inet:host:port" or "transport:[host]:port"; only Postfix understands other forms.
    private static EndPoint? EndPointOf(string nextHop)
    {
        var place = nextHop[(nextHop.IndexOf(':', StringComparison.Ordinal) + 1)..];
        if (place.StartsWith("unix:", StringComparison.Ordinal)) return new UnixDomainSocketEndPoint(place["unix:".Length..]);
        if (place.StartsWith("inet:", StringComparison.Ordinal)) place = place["inet:".Length..];
        var colon = place.LastIndexOf(':');
        if (colon < 0 || !int.TryParse(place.AsSpan(colon + 1), System.Globalization.CultureInfo.InvariantCulture, out var port))
            return null;
        return new DnsEndPoint(place[..colon].Trim('[', ']'), port);
    }
}
