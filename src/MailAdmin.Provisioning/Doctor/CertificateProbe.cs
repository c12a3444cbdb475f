using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace MailAdmin.Provisioning.Doctor;

/// <summary>Reads a server's certificate: with TLS from the first octet, or with STARTTLS of SMTP and ManageSieve.</summary>
internal static class CertificateProbe
{
    public static async Task<(X509Certificate2 Certificate, SslPolicyErrors Errors)> ReadAsync(
        Uri place, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(place.Host, place.Port, cancellationToken);
        var plain = client.GetStream();
        await StartAsync(place.Scheme, plain, cancellationToken);
        var errors = SslPolicyErrors.None;
        await using var secured = new SslStream(plain);
        // The callback only records the errors, because the check reports them.
        var wanted = new SslClientAuthenticationOptions
        {
            TargetHost = place.Host,
            RemoteCertificateValidationCallback = (_, shown, _, found) => { errors = found; return shown is not null; }
        };
        await secured.AuthenticateAsClientAsync(wanted, cancellationToken);
        return (new X509Certificate2(secured.RemoteCertificate ?? throw new IOException("no certificate")), errors);
    }

    /// <summary>Sends the commands that a server expects before TLS begins.</summary>
    public static async Task StartAsync(string scheme, Stream stream, CancellationToken cancellationToken)
    {
        if (scheme is not ("smtp" or "sieve")) return;
        // Read octet by octet, because nothing of TLS may be read ahead.
        await AnswerAsync(scheme, stream, cancellationToken);
        if (scheme == "smtp") await SayAsync("EHLO localhost");
        await SayAsync("STARTTLS");

        async Task SayAsync(string line)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), cancellationToken);
            await AnswerAsync(scheme, stream, cancellationToken);
        }
    }

    private static async Task AnswerAsync(string scheme, Stream stream, CancellationToken cancellationToken)
    {
        for (; ; )
        {
            var line = await LineAsync(stream, cancellationToken);
            if (scheme == "smtp" ? line is [_, _, _, ' ', ..] : line.StartsWith("OK", StringComparison.OrdinalIgnoreCase))
            {
                if (scheme == "smtp" && line[0] != '2') throw new IOException(line);
                return;
            }
            if (scheme == "sieve"
                && (line.StartsWith("NO", StringComparison.OrdinalIgnoreCase)
                || line.StartsWith("BYE", StringComparison.OrdinalIgnoreCase))) throw new IOException(line);
        }
    }

    private static async Task<string> LineAsync(Stream stream, CancellationToken cancellationToken)
    {
        const int longest = 4_096;
        var (line, octet) = (new StringBuilder(), new byte[1]);
        while (line.Length < longest)
        {
            await stream.ReadExactlyAsync(octet, cancellationToken);
            if (octet[0] == '\n') return line.ToString().TrimEnd('\r');
            line.Append((char)octet[0]);
        }
        throw new IOException("a line without end");
    }
}
