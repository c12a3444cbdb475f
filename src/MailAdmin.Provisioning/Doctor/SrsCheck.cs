using System.Net.Sockets;
using System.Text;
using MailAdmin.Provisioning.Configuration;

namespace MailAdmin.Provisioning.Doctor;

/// <summary>postsrsd rewrites the sender of forwarded mail to the mail host's name, and knows its own addresses again.</summary>
internal sealed class SrsCheck(MailLayout layout) : Check("Srs")
{
    private const string Sender = "somebody@doctor.invalid";
    private const int Longest = 1_024;

    public override bool SilenceIsWrong => true;

    public override async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var rewritten = await AskAsync(layout.SrsForward, Sender, cancellationToken);
            if (!rewritten.StartsWith("SRS", StringComparison.OrdinalIgnoreCase) || !rewritten.EndsWith("@" + layout.Hostname, StringComparison.OrdinalIgnoreCase))
                return [new("SrsOdd", Place, $"SRS_DOMAIN={layout.Hostname}", Sender, rewritten)];
            var back = await AskAsync(layout.SrsReverse, rewritten, cancellationToken);
            return back.Equals(Sender, StringComparison.OrdinalIgnoreCase) ? [] : [new("SrsOdd", Place, null, rewritten, back)];
        }
        catch (Exception away) when (away is SocketException or IOException)
        {
            return [new("SrsAway", Place, "apt-get install postsrsd", layout.SrsForward, away.Message)];
        }
    }

    private static string Place => "/etc/default/postsrsd";

    // tcp_table(5): "get KEY", then "200 VALUE" or another number with words.
    private static async Task<string> AskAsync(string place, string key, CancellationToken cancellationToken)
    {
        var colon = place.LastIndexOf(':');
        using var client = new TcpClient();
        await client.ConnectAsync(place[..colon], int.Parse(place[(colon + 1)..], System.Globalization.CultureInfo.InvariantCulture), cancellationToken);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"get {key}\n"), cancellationToken);
        var (answer, length) = (new byte[Longest], 0);
        while (length < Longest && !answer.AsSpan(0, length).Contains((byte)'\n'))
        {
            var read = await stream.ReadAsync(answer.AsMemory(length), cancellationToken);
            if (read == 0) break;
            length += read;
        }
        var line = Encoding.ASCII.GetString(answer, 0, length).Trim();
        return line.StartsWith("200 ", StringComparison.Ordinal) ? line["200 ".Length..] : line;
    }
}
