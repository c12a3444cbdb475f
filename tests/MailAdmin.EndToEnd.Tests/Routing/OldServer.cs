using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MailAdmin.EndToEnd.Tests.Routing;

/// <summary>
/// The server that a customer comes from. It accepts mail for addresses that it knows, refuses others at RCPT, and can be stopped.
/// </summary>
internal sealed class OldServer(params string[] known) : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Recipient, string Subject)> _received = new();
    private readonly ConcurrentBag<Task> _sessions = [];
    private TcpListener? _listener;

    public int Port { get; private set; }

    /// <summary>Either "smtp" or "lmtp" (RFC 2033), with which the server answers for each recipient after the text.</summary>
    public string Protocol { get; init; } = "smtp";

    public string NextHop => $"{Protocol}:[127.0.0.1]:{Port}";

    /// <summary>The subjects of messages for the recipient, without probes.</summary>
    public IReadOnlyList<string> SubjectsOf(string recipient) => [.. _received.Where(r => r.Recipient == recipient).Select(r => r.Subject)];

    public OldServer Start()
    {
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _sessions.Add(AcceptAsync(_listener));
        return this;
    }

    /// <summary>From now on, connections are refused.</summary>
    public void Stop() => _listener?.Dispose();

    public async ValueTask DisposeAsync()
    {
        Stop();
        await Task.WhenAny(Task.WhenAll(_sessions), Task.Delay(TimeSpan.FromSeconds(5)));
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true) _sessions.Add(ServeAsync(await listener.AcceptTcpClientAsync()));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The server was stopped.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
            await using var writer = new StreamWriter(client.GetStream(), Encoding.Latin1) { AutoFlush = true, NewLine = "\r\n" };
            await writer.WriteLineAsync("220 old.example.net ESMTP");
            await SpeakAsync(reader, writer);
        }
        catch (IOException)
        {
            // Postfix has hung up.
        }
    }

    private async Task SpeakAsync(StreamReader reader, StreamWriter writer)
    {
        var recipients = new List<string>();
        while (await reader.ReadLineAsync() is { } line)
        {
            switch (line.Split(' ', ':')[0].ToUpperInvariant())
            {
                case "RCPT" when Known(line) is { } recipient:
                    recipients.Add(recipient);
                    await writer.WriteLineAsync("250 2.1.5 Ok");
                    break;
                case "RCPT":
                    await writer.WriteLineAsync("550 5.1.1 No such user here");
                    break;
                case "DATA":
                    await writer.WriteLineAsync("354 Go on");
                    var subject = await ReadSubjectAsync(reader);
                    foreach (var recipient in recipients) _received.Enqueue((recipient, subject));
                    for (var n = Protocol == "lmtp" ? recipients.Count : 1; n > 0; n--) await writer.WriteLineAsync("250 2.0.0 Taken");
                    break;
                case "MAIL" or "RSET":
                    recipients.Clear();
                    await writer.WriteLineAsync("250 2.0.0 Ok");
                    break;
                case "QUIT":
                    await writer.WriteLineAsync("221 2.0.0 Bye");
                    return;
                default:
                    await writer.WriteLineAsync("250 old.example.net");
                    break;
            }
        }
    }

    private string? Known(string line)
    {
        var recipient = line.Split('<', '>')[1];
        return known.FirstOrDefault(k => string.Equals(k, recipient, StringComparison.OrdinalIgnoreCase));
    }

    private static async Task<string> ReadSubjectAsync(StreamReader reader)
    {
        var subject = "";
        while (await reader.ReadLineAsync() is { } line && line != ".")
            if (subject.Length == 0 && line.StartsWith("Subject: ", StringComparison.Ordinal)) subject = line["Subject: ".Length..];
        return subject;
    }
}
