using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace MailAdmin.Sandbox.Processes;

/// <summary>Checks whether a server answers: it is up once it has sent its greeting, not when its port accepts connections.</summary>
internal static class Probe
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public static async Task<bool> AllAsync(params Task<bool>[] probes) =>
        Array.TrueForAll(await Task.WhenAll(probes), answered => answered);

    /// <summary>Whether the first line on a loopback port begins with <paramref name="greeting"/>.</summary>
    public static Task<bool> GreetsAsync(int port, string greeting, CancellationToken cancellationToken) =>
        GreetsAsync(new IPEndPoint(IPAddress.Loopback, port), greeting, tls: false, cancellationToken);

    public static Task<bool> GreetsWithTlsAsync(int port, string greeting, CancellationToken cancellationToken) =>
        GreetsAsync(new IPEndPoint(IPAddress.Loopback, port), greeting, tls: true, cancellationToken);

    public static Task<bool> GreetsAsync(string unixSocket, string greeting, CancellationToken cancellationToken) =>
        GreetsAsync(new UnixDomainSocketEndPoint(unixSocket), greeting, tls: false, cancellationToken);

    /// <summary>
    /// Whether a loopback port answers <paramref name="question"/> with a line that begins with <paramref name="answer"/>.
    /// </summary>
    public static Task<bool> AnswersAsync(int port, string question, string answer, CancellationToken cancellationToken) =>
        GreetsAsync(new IPEndPoint(IPAddress.Loopback, port), answer, tls: false, cancellationToken, question);

    private static async Task<bool> GreetsAsync(
        EndPoint endPoint, string greeting, bool tls, CancellationToken cancellationToken, string question = "")
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Timeout);
        try
        {
            using var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(endPoint, deadline.Token);
            await using var stream = await OpenAsync(socket, tls, deadline.Token);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(question), deadline.Token);
            var answer = new byte[greeting.Length];
            await stream.ReadExactlyAsync(answer, deadline.Token);
            return Encoding.ASCII.GetString(answer) == greeting;
        }
        catch (Exception e) when (e is SocketException or IOException or AuthenticationException or OperationCanceledException)
        {
            return false;
        }
    }

    private static async Task<Stream> OpenAsync(Socket socket, bool tls, CancellationToken cancellationToken)
    {
        var stream = new NetworkStream(socket);
        if (!tls) return stream;

        var secure = new SslStream(stream);
        // The certificate is self-signed; on the sandbox's own loopback port its subject is enough.
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == SandboxCertificate.Subject,
        };
        await secure.AuthenticateAsClientAsync(options, cancellationToken);
        return secure;
    }
}
