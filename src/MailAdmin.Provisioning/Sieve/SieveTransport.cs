using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace MailAdmin.Provisioning.Sieve;

/// <summary>The connection and its TLS.</summary>
internal sealed class SieveTransport : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private Stream _stream;

    private SieveTransport(Stream stream) => (_stream, Reader) = (stream, new SieveReader(stream));

    public SieveReader Reader { get; private set; }

    public static async Task<SieveTransport> ConnectAsync(SieveOptions options, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(options.Host!, options.Port, cancellation);
            return new SieveTransport(new NetworkStream(socket, ownsSocket: true));
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public async Task WriteAsync(ReadOnlyMemory<byte> command, CancellationToken cancellation) =>
        await _stream.WriteAsync(command, cancellation);

    /// <summary>After the server's OK to STARTTLS. What came in clear behind that OK is no server's, so it ends the connection.</summary>
    /// <exception cref="AuthenticationException">
    /// The certificate is not one for the host, or not by anybody whom this machine trusts.
    /// </exception>
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

    /// <summary>
    /// Says LOGOUT, whatever was said before it, waits a moment for the server to hang up, and closes. timsieved 3.6 crashes when somebody
    /// who signed in leaves without a word.
    /// </summary>
    public async Task LeaveAsync(TimeProvider time)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        try
        {
            await _stream.WriteAsync("LOGOUT\r\n"u8.ToArray(), patience.Token);
            var rest = new byte[1_024];
            while (await _stream.ReadAsync(rest, patience.Token) > 0)
            {
                // Whatever it has to say.
            }
        }
        catch (Exception e) when (
            e is IOException or SocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException
            or AuthenticationException)
        {
            // It is gone, or does not hang up.
        }
        finally
        {
            Dispose();
        }
    }

    public void Dispose() => _stream.Dispose();
}
