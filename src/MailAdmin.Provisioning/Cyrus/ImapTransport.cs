using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace MailAdmin.Provisioning.Cyrus;

/// <summary>Opens the way to the server: TCP, and TLS from the first octet where it is wanted.</summary>
internal static class ImapTransport
{
    public static async Task<Socket> ConnectAsync(CyrusOptions options, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(options.Host, options.Port, cancellation);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <exception cref="AuthenticationException">
    /// The certificate is not one for the host, or not by anybody whom this machine trusts.
    /// </exception>
    public static async Task<Stream> SecureAsync(Stream plain, CyrusOptions options, CancellationToken cancellation)
    {
        if (!options.Tls) return plain;
        var secured = new SslStream(plain);
        try
        {
            await secured.AuthenticateAsClientAsync(ClientOptions(options), cancellation);
            return secured;
        }
        catch
        {
            await secured.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// What comes next is acknowledged as it comes. Of several short answers Cyrus sends the first, and the others only when that one is
    /// acknowledged (RFC 896), for which Linux takes its time: 40 ms.
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
        // On loopback nobody is between us, and the certificate is seldom one for "localhost".
        RemoteCertificateValidationCallback = (_, _, _, errors) => errors == SslPolicyErrors.None || options.IsLoopback,
    };
}
