using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using MailAdmin.Core.MailboxCopies;
using MailAdmin.Provisioning.Cyrus;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Security;

namespace MailAdmin.Provisioning.MailboxCopies;

/// <summary>
/// Connects to another server and signs in there. MailKit chooses among the server's mechanisms; the messages are then carried on the same
/// connection without it.
/// </summary>
public sealed class SourceConnector(SourceAddresses addresses, MailboxCopyOptions options)
{
    /// <summary>Signs in and out again, for a form.</summary>
    /// <returns>Null if it worked; otherwise what is wrong.</returns>
    public async Task<CopyException?> TestAsync(MailboxSource source, CancellationToken cancellationToken)
    {
        try
        {
            using var wire = await OpenAsync(source, cancellationToken);
            await wire.OkAsync("LIST \"\" INBOX");
            await wire.AskAsync("LOGOUT");
            return null;
        }
        catch (CopyException wrong)
        {
            return wrong;
        }
        catch (Exception e) when (e is IOException or ImapRefusal || IsTimeout(e, cancellationToken))
        {
            // Having signed in is what matters; some servers close the connection at LOGOUT without an answer.
            return e is EndOfStreamException or IOException ? null : new(CopyFailure.SourceLost, e.Message, e);
        }
    }

    /// <exception cref="CopyException">The server can't be reached, or does not let the user in.</exception>
    internal async Task<ImapWire> OpenAsync(MailboxSource source, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(options.Timeout);
        var socket = await addresses.ConnectAsync(source, cancellationToken);
        Stream stream = new NetworkStream(socket, ownsSocket: true);
        try
        {
            (stream, var greeting) = await SecureAsync(stream, source, timeout.Token);
            await SignInAsync(stream, greeting, source, timeout.Token);
            var wire = new ImapWire(stream, options.Timeout, cancellationToken);
            await wire.AskCapabilitiesAsync();
            return wire;
        }
        catch (Exception e)
        {
            await stream.DisposeAsync();
            if (FailureOf(e, cancellationToken) is { } failure) throw failure;
            throw;
        }
    }

    private static CopyException? FailureOf(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        CopyException => null,
        System.Security.Authentication.AuthenticationException tls => new(CopyFailure.NotSecured, tls.Message, tls),
        MailKit.Security.AuthenticationException refused => new(CopyFailure.SignInRefused, refused.Message, refused),
        NotSupportedException lacking => new(CopyFailure.AuthenticationUnsupported, lacking.Message, lacking),
        ProtocolException or CommandException => new(CopyFailure.NotSecured, exception.Message, exception),
        IOException or SocketException => new(CopyFailure.SourceLost, exception.Message, exception),
        _ when IsTimeout(exception, cancellationToken) => new(CopyFailure.NoAnswer, null, exception),
        _ => null,
    };

    private static bool IsTimeout(Exception exception, CancellationToken cancellationToken) =>
        exception is OperationCanceledException && !cancellationToken.IsCancellationRequested;

    private static async Task<(Stream Stream, string Greeting)> SecureAsync(
        Stream plain, MailboxSource source, CancellationToken cancellationToken)
    {
        if (source.Security == SourceSecurity.None) return (plain, "");
        if (source.Security == SourceSecurity.StartTls) await StartTlsAsync(plain, cancellationToken);
        CopyException? invalid = null;
        var secured = new SslStream(plain);
        try
        {
            await secured.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = source.Host,
                // Nothing older is offered by default; an old server that speaks only TLS 1.0 is refused with its own words.
                EnabledSslProtocols = SslProtocols.None,
                RemoteCertificateValidationCallback = (_, _, _, errors) =>
                {
                    if (errors == SslPolicyErrors.None || source.AcceptsAnyCertificate) return true;
                    invalid = new(CopyFailure.CertificateInvalid, errors.ToString());
                    return false;
                },
            }, cancellationToken);
            return (secured, source.Security == SourceSecurity.StartTls ? "* OK secured\r\n" : "");
        }
        catch (Exception) when (invalid is not null)
        {
            throw invalid;
        }
        catch (IOException e)
        {
            throw new CopyException(CopyFailure.NotSecured, e.Message, e);
        }
    }

    // Octet by octet: nothing that follows the answer may be read before TLS, whoever sent it.
    private static async Task StartTlsAsync(Stream plain, CancellationToken cancellationToken)
    {
        if (!(await ReadLineAsync(plain, cancellationToken)).StartsWith("* OK", StringComparison.OrdinalIgnoreCase))
            throw new CopyException(CopyFailure.NotSecured, "no IMAP greeting");
        await plain.WriteAsync("t STARTTLS\r\n"u8.ToArray(), cancellationToken);
        string line;
        do line = await ReadLineAsync(plain, cancellationToken);
        while (line.StartsWith("* ", StringComparison.Ordinal));
        if (!line.StartsWith("t OK", StringComparison.OrdinalIgnoreCase)) throw new CopyException(CopyFailure.NotSecured, line);
    }

    private static async Task<string> ReadLineAsync(Stream stream, CancellationToken cancellationToken)
    {
        const int MaxLine = 2000;
        var (line, octet) = (new StringBuilder(), new byte[1]);
        while (await stream.ReadAsync(octet, cancellationToken) == 1 && octet[0] != '\n')
        {
            line.Append((char)octet[0]);
            if (line.Length > MaxLine) throw new CopyException(CopyFailure.NotSecured, "no IMAP greeting");
        }
        return line.ToString().TrimEnd('\r');
    }

    private static async Task SignInAsync(Stream stream, string greeting, MailboxSource source, CancellationToken cancellationToken)
    {
        // Not disposed: that would close the connection.
        var client = new ImapClient();
        await client.ConnectAsync(
            new ImapFilterStream(stream, greeting), source.Host, source.Port, SecureSocketOptions.None, cancellationToken);
        switch (source.Authentication)
        {
            case SourceAuthentication.Password:
                await client.AuthenticateAsync(Encoding.UTF8, new NetworkCredential(source.User, source.Secret), cancellationToken);
                break;
            case SourceAuthentication.Proxy:
                Require(client, "PLAIN");
                await client.AuthenticateAsync(
                    new SaslMechanismPlain(Encoding.UTF8, source.ProxyUser!, source.Secret) { AuthorizationId = source.User },
                    cancellationToken);
                break;
            case SourceAuthentication.OAuth2:
                Require(client, "XOAUTH2");
                await client.AuthenticateAsync(new SaslMechanismOAuth2(source.User, source.Secret), cancellationToken);
                break;
        }
    }

    private static void Require(ImapClient client, string mechanism)
    {
        if (!client.AuthenticationMechanisms.Contains(mechanism))
            throw new CopyException(
                CopyFailure.AuthenticationUnsupported, $"{mechanism}: {string.Join(' ', client.AuthenticationMechanisms)}");
    }
}
