using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace MailAdmin.Provisioning.Cyrus;

/// <summary>Connects to the server: TCP, and TLS from the first octet if the options say so.</summary>
internal static class ImapTransport
{
    public static async Task<Socket> ConnectAsync(CyrusOptions options, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(options.Host, options.Port, cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <exception cref="AuthenticationException">
    /// The certificate is not valid for the host, or this machine does not trust its issuer.
    /// </exception>
    public static async Task<Stream> SecureAsync(Stream plain, CyrusOptions options, CancellationToken cancellationToken)
    {
        if (!options.Tls) return plain;
        var secured = new SslStream(plain);
        try
        {
            await secured.AuthenticateAsClientAsync(ClientOptions(options), cancellationToken);
            return secured;
        }
        catch
        {
            await secured.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Makes Linux acknowledge the next segments immediately. Of several short answers, Cyrus sends the first one, and the others only
    /// after its acknowledgement (RFC 896), which Linux otherwise delays by 40 ms.
    /// </summary>
    public static void AcknowledgeAtOnce(Socket socket)
    {
        const int Tcp = 6;
        const int QuickAck = 12;
        if (OperatingSystem.IsLinux()) socket.SetRawSocketOption(Tcp, QuickAck, BitConverter.GetBytes(1));
    }

    private static SslClientAuthenticationOptions ClientOptions(CyrusOptions options) => new()
    {
        TargetHost = options.Host,
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        // On loopback no third party is in between, and the certificate is seldom one for "localhost".
        RemoteCertificateValidationCallback = (_, _, _, errors) => errors == SslPolicyErrors.None || options.IsLoopback,
    };
}
