using System.Net.Sockets;
using System.Text;

namespace MailAdmin.Provisioning.Doctor;

/// <summary>
/// Checks that the policy service answers. It asks as Postfix does for a client that did not sign in, for whom the answer is always DUNNO.
/// </summary>
internal sealed class PolicyServiceCheck(string path, DoctorOptions options) : Check("PolicyService")
{
    private const string Question = "request=smtpd_access_policy\nprotocol_state=MAIL\nsasl_username=\n\n";
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public override bool SilenceIsWrong => true;

    public override async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Timeout);
        try
        {
            var answer = await AskAsync(limit.Token);
            return answer == "action=DUNNO\n\n" ? [] : [new("PolicyServiceOdd", path, null, answer.Trim())];
        }
        catch (Exception e) when (
            e is SocketException or IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            var words = e is OperationCanceledException ? $"{Timeout.TotalSeconds:0} s" : e.Message;
            return [new("PolicyServiceSilent", $"{options.SettingsFile}: Sending:Socket", null, path, words)];
        }
    }

    private async Task<string> AskAsync(CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
        await socket.SendAsync(Encoding.ASCII.GetBytes(Question), cancellationToken);
        var answer = new byte[512];
        var length = await socket.ReceiveAsync(answer, cancellationToken);
        return Encoding.ASCII.GetString(answer, 0, length);
    }
}
