using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace MailAdmin.Provisioning.Sieve;

/// <summary>The connection and its TLS.</summary>
internal sealed class SieveWire : IDisposable
{
    private Stream _stream;

    private SieveWire(Stream stream) => (_stream, Reader) = (stream, new SieveReader(stream));

    public SieveReader Reader { get; private set; }

    public static async Task<SieveWire> ConnectAsync(SieveOptions options, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(options.Host!, options.Port, cancellation);
            return new SieveWire(new NetworkStream(socket, ownsSocket: true));
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public async Task WriteAsync(ReadOnlyMemory<byte> command, CancellationToken cancellation) => await _stream.WriteAsync(command, cancellation);

    /// <summary>After the server's OK to STARTTLS. What came in clear behind that OK is no server's, so it ends the connection.</summary>
    /// <exception cref="AuthenticationException">The certificate is not one for the host, or not by anybody whom this machine trusts.</exception>
    public async Task SecureAsync(SieveOptions options, CancellationToken cancellation)
    {
        if (Reader.HasMore) throw new SieveProtocolException("The server says more before TLS than it was asked");
        var secured = new SslStream(_stream);
        _stream = secured;
        await secured.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = options.Host!,
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                // On loopback nobody is between us, and the certificate is seldom one for "localhost".
                RemoteCertificateValidationCallback = (_, _, _, errors) => errors == SslPolicyErrors.None || options.IsLoopback,
            },
            cancellation);
        Reader = new SieveReader(secured);
    }

    public void Dispose() => _stream.Dispose();
}
