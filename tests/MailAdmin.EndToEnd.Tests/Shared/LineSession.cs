using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using MailAdmin.Sandbox;

namespace MailAdmin.EndToEnd.Tests.Shared;

/// <summary>Speaks SMTP, IMAP, POP3 or ManageSieve line by line, for commands that a proper client would never send.</summary>
internal sealed class LineSession : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private readonly TcpClient _client = new();
    private StreamReader _reader = StreamReader.Null;
    private Stream _stream = Stream.Null;

    /// <summary>The server's first line.</summary>
    public string Greeting { get; private set; } = "";

    public static async Task<LineSession> OpenAsync(int port, bool tls = false)
    {
        var session = new LineSession();
        await session._client.ConnectAsync("127.0.0.1", port);
        session._stream = session._client.GetStream();
        if (tls) await session.SecureAsync();
        session._reader = new StreamReader(session._stream, Encoding.Latin1);
        session.Greeting = await session.ReadAsync();
        return session;
    }

    /// <summary>Starts TLS with the STARTTLS of SMTP.</summary>
    public async Task StartTlsAsync()
    {
        await SendAsync("STARTTLS");
        await SecureAsync();
        _reader = new StreamReader(_stream, Encoding.Latin1);
    }

    /// <summary>Sends a line in Latin-1, one octet per character, and returns the whole answer, as in SMTP (250-…, 250 …).</summary>
    public async Task<string> SendAsync(string line)
    {
        await _stream.WriteAsync(Encoding.Latin1.GetBytes(line + "\r\n"));
        var answer = new StringBuilder();
        string read;
        do
        {
            read = await ReadAsync();
            answer.AppendLine(read);
        }
        while (read.Length > 3 && read[3] == '-');
        return answer.ToString().TrimEnd();
    }

    public void Dispose()
    {
        _reader.Dispose();
        _stream.Dispose();
        _client.Dispose();
    }

    private async Task SecureAsync()
    {
        var secure = new SslStream(
            _stream, leaveInnerStreamOpen: false, (_, certificate, _, _) => certificate?.Subject == SandboxCertificate.Subject);
        await secure.AuthenticateAsClientAsync("localhost");
        _stream = secure;
    }

    /// <summary>Reads one more line of an answer.</summary>
    public async Task<string> ReadAsync()
    {
        using var deadline = new CancellationTokenSource(Timeout);
        return await _reader.ReadLineAsync(deadline.Token) ?? throw new EndOfStreamException("The server has hung up.");
    }
}
