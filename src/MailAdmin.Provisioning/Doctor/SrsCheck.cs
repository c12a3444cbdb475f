using System.Net.Sockets;
using MailAdmin.Provisioning.Configuration;
using MailAdmin.Provisioning.Postfix;

namespace MailAdmin.Provisioning.Doctor;

/// <summary>Checks that postsrsd rewrites the sender of forwarded mail to the mail host's name, and reverses its own addresses.</summary>
internal sealed class SrsCheck(MailLayout layout) : Check("Srs")
{
    private const string Sender = "somebody@doctor.invalid";

    public override bool SilenceIsWrong => true;

    public override async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var rewritten = await AskAsync(layout.SrsForward, Sender, cancellationToken);
            if (!rewritten.StartsWith("SRS", StringComparison.OrdinalIgnoreCase)
                || !rewritten.EndsWith("@" + layout.Hostname, StringComparison.OrdinalIgnoreCase))
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

    private static async Task<string> AskAsync(string place, string key, CancellationToken cancellationToken)
    {
        var (code, text) = await TcpTable.AskAsync(place, key, cancellationToken);
        return code is 200 or 0 ? text : $"{code} {text}";
    }
}
