using System.Buffers.Binary;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace MailAdmin.Provisioning.Doctor;

/// <summary>
/// Checks that the login socket answers. It asks as Cyrus and Postfix do, about a name that no account has. A refusal in time proves that
/// the whole path works, without anybody's password.
/// </summary>
internal sealed class LoginSocketCheck(string path, DoctorOptions options) : Check("LoginSocket")
{
    // A wrong guess is delayed on purpose, and the socket closes after five seconds a connection that it can't answer.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    public override bool SilenceIsWrong => true;

    public override async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(path)) return [new("LoginSocketMissing", Place, null, path)];
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Timeout);
        try
        {
            var answer = await AskAsync(limit.Token);
            return answer.StartsWith("NO", StringComparison.Ordinal) ? [] : [new("LoginSocketOdd", path, null, answer)];
        }
        catch (Exception e) when (
            e is SocketException or IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return [new(
                "LoginSocketSilent", Place, null, path, e is OperationCanceledException ? $"{Timeout.TotalSeconds:0} s" : e.Message)];
        }
    }

    private string Place => $"{options.SettingsFile}: Logins:Socket";

    private async Task<string> AskAsync(CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync(Request(), cancellationToken);
        var length = new byte[2];
        await stream.ReadExactlyAsync(length, cancellationToken);
        var answer = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
        await stream.ReadExactlyAsync(answer, cancellationToken);
        return Encoding.UTF8.GetString(answer);
    }

    private static byte[] Request()
    {
        var random = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));
        return [.. Field("doctor-" + random), .. Field(random), .. Field("imap"), .. Field("")];
    }

    private static byte[] Field(string text)
    {
        var octets = new byte[2 + text.Length];
        BinaryPrimitives.WriteUInt16BigEndian(octets, (ushort)text.Length);
        Encoding.ASCII.GetBytes(text, octets.AsSpan(2));
        return octets;
    }
}
