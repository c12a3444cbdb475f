using System.Net;
using System.Net.Sockets;
using MailAdmin.Provisioning.Configuration;
using MailAdmin.Provisioning.Postfix;

namespace MailAdmin.Provisioning.Doctor;

/// <summary>The mail store takes mail: greeted as Postfix greets it, and nothing waits for it that is older than a few retries.</summary>
internal sealed class NextHopCheck(MailLayout layout, MailQueue queue, TimeProvider clock) : Check("NextHop")
{
    // Postfix tries again after five minutes at first: what waits for longer has failed several times.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    public override bool SilenceIsWrong => true;

    public override async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken) =>
        [.. await GreetAsync(cancellationToken), .. await WaitingAsync(cancellationToken)];

    private async Task<IReadOnlyList<Finding>> GreetAsync(CancellationToken cancellationToken)
    {
        if (EndPointOf(layout.NextHop) is not { } place) return [];
        try
        {
            using var socket = place is UnixDomainSocketEndPoint
                ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
                : new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(place, cancellationToken);
            await using var stream = new NetworkStream(socket);
            using var reader = new StreamReader(stream);
            var greeting = await reader.ReadLineAsync(cancellationToken) ?? "";
            await stream.WriteAsync("QUIT\r\n"u8.ToArray(), cancellationToken);
            return greeting.StartsWith("220", StringComparison.Ordinal) ? [] : [Away(greeting)];
        }
        catch (Exception away) when (away is SocketException or IOException)
        {
            return [Away(away.Message)];
        }
    }

    private async Task<IReadOnlyList<Finding>> WaitingAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<QueuedMail> waiting;
        try
        {
            waiting = await queue.ListAsync(new HashSet<string>(StringComparer.Ordinal) { layout.Store }, cancellationToken);
        }
        catch (PostfixToolException failure)
        {
            return [Finding.Unknown("CouldNotLook", failure.Message)];
        }
        var late = waiting.Where(m => clock.GetUtcNow() - m.ArrivedAt > Patience).ToList();
        if (late.MinBy(m => m.ArrivedAt) is not { } oldest) return [];
        return [new("MailWaits", "postqueue -p", null, late.Count, oldest.ArrivedAt, oldest.Reason ?? "")];
    }

    private Finding Away(string words) => new("NextHopAway", layout.NextHop, "lmtpunix cmd=\"lmtpd\" listen=\"" + layout.LmtpListen + "\" prefork=0", layout.NextHop, words);

    // "transport:unix:/path", "transport:inet:host:port" or "transport:[host]:port"; what else it may be is for Postfix alone.
    private static EndPoint? EndPointOf(string nextHop)
    {
        var place = nextHop[(nextHop.IndexOf(':', StringComparison.Ordinal) + 1)..];
        if (place.StartsWith("unix:", StringComparison.Ordinal)) return new UnixDomainSocketEndPoint(place["unix:".Length..]);
        if (place.StartsWith("inet:", StringComparison.Ordinal)) place = place["inet:".Length..];
        var colon = place.LastIndexOf(':');
        if (colon < 0 || !int.TryParse(place.AsSpan(colon + 1), System.Globalization.CultureInfo.InvariantCulture, out var port)) return null;
        return new DnsEndPoint(place[..colon].Trim('[', ']'), port);
    }
}
