using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace MailAdmin.EndToEnd.Tests.Sandboxes;

/// <summary>A message as it was received, and its TLS version; None if it came in clear text.</summary>
internal sealed record ReceivedMail(SslProtocols Tls, string Text);

/// <summary>
/// An external mail server that accepts everything, and offers STARTTLS with a self-signed certificate, as most do.
/// </summary>
internal sealed class StartTlsReceiver : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<ReceivedMail> _received = new();
    private readonly X509Certificate2 _certificate;

    public StartTlsReceiver()
    {
        using var key = RSA.Create(2048);
        var now = TimeProvider.System.GetUtcNow();
        using var made = new CertificateRequest("CN=tls.example", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        _certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
        _listener.Start();
        _ = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public IReadOnlyCollection<ReceivedMail> Received => _received;

    public void Dispose()
    {
        _listener.Dispose();
        _certificate.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                await TalkAsync(client.GetStream());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task TalkAsync(Stream stream)
    {
        try
        {
            await SayAsync(stream, "220 tls.example ESMTP");
            for (var line = await ReadAsync(stream); line is not null; line = await ReadAsync(stream))
            {
                switch (line.Split(' ')[0].ToUpperInvariant())
                {
                    case "EHLO":
                        await SayAsync(stream, stream is SslStream ? "250 tls.example" : "250-tls.example\r\n250 STARTTLS");
                        break;
                    case "STARTTLS":
                        await SayAsync(stream, "220 Go ahead");
                        var secured = new SslStream(stream);
                        await secured.AuthenticateAsServerAsync(_certificate);
                        stream = secured;
                        break;
                    case "DATA":
                        await SayAsync(stream, "354 Go ahead");
                        await TakeAsync(stream);
                        break;
                    default:
                        await SayAsync(stream, line.StartsWith("QUIT", StringComparison.OrdinalIgnoreCase) ? "221 Bye" : "250 Fine");
                        break;
                }
            }
        }
        catch (Exception e) when (e is IOException or AuthenticationException)
        {
            // The client has closed the connection.
        }
    }

    private async Task TakeAsync(Stream stream)
    {
        var text = new StringBuilder();
        for (var line = await ReadAsync(stream); line is not (null or "."); line = await ReadAsync(stream)) text.AppendLine(line);
        _received.Enqueue(new(stream is SslStream secured ? secured.SslProtocol : SslProtocols.None, text.ToString()));
        await SayAsync(stream, "250 Taken");
    }

    private static async Task SayAsync(Stream stream, string line) => await stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"));

    // Reads octet by octet, because what follows STARTTLS is no longer text.
    private static async Task<string?> ReadAsync(Stream stream)
    {
        var (line, octet) = (new StringBuilder(), new byte[1]);
        while (await stream.ReadAsync(octet) == 1)
        {
            if (octet[0] == '\n') return line.ToString().TrimEnd('\r');
            line.Append((char)octet[0]);
        }
        return null;
    }
}
