using System.Net;
using System.Net.Sockets;
using System.Text;
using MailAdmin.Provisioning.Cyrus;

namespace MailAdmin.Provisioning.Tests.Cyrus;

/// <summary>Lets an administrator sign in as Cyrus does, and then answers as no real server should.</summary>
internal sealed class FakeImapServer : IDisposable
{
    private const string Capabilities = "CAPABILITY IMAP4rev1 LITERAL+ ACL QUOTA NAMESPACE METADATA AUTH=PLAIN SASL-IR";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<string, string, Stream, Task<bool>> _answer;

    /// <param name="answer">Gets the tag, the command and the stream to write to. If it returns false, the server answers OK.</param>
    public FakeImapServer(Func<string, string, Stream, Task<bool>> answer)
    {
        _answer = answer;
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Sends these lines before it answers OK to commands that begin with <paramref name="command"/>.</summary>
    public static FakeImapServer Telling(string command, params string[] lines) => new(async (_, sent, wire) =>
    {
        if (sent.StartsWith(command, StringComparison.Ordinal))
            await wire.WriteAsync(Encoding.Latin1.GetBytes(string.Concat(lines.Select(l => l + "\r\n"))));
        return false;
    });

    public CyrusOptions Options => new()
    {
        Host = "127.0.0.1",
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port,
        Tls = false,
        AdminUser = "cyrus",
        AdminPassword = "correct-horse",
        CommandTimeout = TimeSpan.FromSeconds(10),
    };

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception end) when (end is ObjectDisposedException or SocketException)
        {
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var wire = client.GetStream();
                await wire.WriteAsync(Encoding.Latin1.GetBytes($"* OK [{Capabilities}] ready\r\n"));
                using var lines = new StreamReader(wire, Encoding.Latin1);
                while (await lines.ReadLineAsync() is { } line)
                {
                    var (tag, command) = line.Split(' ', 2) is [var first, var rest] ? (first, rest) : (line, "");
                    if (await _answer(tag, command, wire)) continue;
                    var told = command switch
                    {
                        "NAMESPACE" => "* NAMESPACE ((\"\" \"/\")) ((\"user/\" \"/\")) NIL\r\n",
                        "CAPABILITY" => $"* {Capabilities}\r\n",
                        _ => "",
                    };
                    await wire.WriteAsync(Encoding.Latin1.GetBytes($"{told}{tag} OK Completed\r\n"));
                }
            }
            catch (Exception gone) when (gone is IOException or ObjectDisposedException)
            {
            }
        }
    }
}
