using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace MailAdmin.Provisioning.Sieve;

/// <summary>The TCP connection and its TLS.</summary>
internal sealed class SieveTransport : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    private Stream _stream;

    private SieveTransport(Stream stream) => (_stream, Reader) = (stream, new SieveReader(stream));

    public SieveReader Reader { get; private set; }

    public static async Task<SieveTransport> ConnectAsync(SieveOptions options, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(options.Host!, options.Port, cancellationToken);
            return new SieveTransport(new NetworkStream(socket, ownsSocket: true));
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public async Task WriteAsync(ReadOnlyMemory<byte> command, CancellationToken cancellationToken) =>
        await _stream.WriteAsync(command, cancellationToken);

    /// <summary>
    /// Starts TLS after the server's OK to STARTTLS. Clear text after that OK may be injected, so it ends the connection.
    /// </summary>
    /// <exception cref="AuthenticationException">
    /// The certificate is not valid for the host, or this machine does not trust its issuer.
    /// </exception>
    public async Task SecureAsync(SieveOptions options, CancellationToken cancellationToken)
    {
        if (Reader.HasMore) throw new SieveProtocolException("The server says more before TLS than it was asked");
        var secured = new SslStream(_stream);
        _stream = secured;
        await secured.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = options.Host!,
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                // On loopback no third party is in between, and the certificate is seldom one for "localhost".
                RemoteCertificateValidationCallback = (_, _, _, errors) => errors == SslPolicyErrors.None || options.IsLoopback,
            },
            cancellationToken);
        Reader = new SieveReader(secured);
    }

    /// <summary>
    /// Sends LOGOUT, whatever was sent before, waits a moment for the server to disconnect, and closes. timsieved 3.6 crashes when a
    /// signed-in client disconnects without LOGOUT.
    /// </summary>
    public async Task LeaveAsync(TimeProvider time)
    {
        using var patience = new CancellationTokenSource(Timeout, time);
        try
        {
            await _stream.WriteAsync("LOGOUT\r\n"u8.ToArray(), patience.Token);
            var rest = new byte[1_024];
            while (await _stream.ReadAsync(rest, patience.Token) > 0)
            {
                // Discard the server's output.
            }
        }
        catch (Exception e) when (
            e is IOException or SocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException
            or AuthenticationException)
        {
            // The server has disconnected, or does not disconnect.
        }
        finally
        {
            Dispose();
        }
    }

    public void Dispose() => _stream.Dispose();
}
