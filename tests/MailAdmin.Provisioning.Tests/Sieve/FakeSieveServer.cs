using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MailAdmin.Provisioning.Cyrus;
using MailAdmin.Provisioning.Sieve;

namespace MailAdmin.Provisioning.Tests.Sieve;

/// <summary>Answers as no real server should: the test gives the octets of the answer to each command.</summary>
internal sealed class FakeSieveServer : IDisposable
{
    public const string Capabilities = "\"IMPLEMENTATION\" \"fake\"\r\n\"SASL\" \"PLAIN\"\r\n\"SIEVE\" \"vacation\"\r\nOK\r\n";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<string, byte[]?> _answer;
    private readonly ConcurrentQueue<string> _heard = new();

    /// <param name="answer">Gets "" for the greeting, and then each line of the client; null sends nothing.</param>
    public FakeSieveServer(Func<string, byte[]?> answer)
    {
        _answer = answer;
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>A server that answers correctly except to one command.</summary>
    public static FakeSieveServer RightBut(string command, string answer) => new(line => Encoding.Latin1.GetBytes(
        line.StartsWith(command, StringComparison.Ordinal) && (command.Length > 0 || line.Length == 0) ? answer
        : line.Length == 0 || line == "CAPABILITY" ? Capabilities : "OK\r\n"));

    public SieveOptions Options => new() { Host = "127.0.0.1", Port = ((IPEndPoint)_listener.LocalEndpoint).Port, StartTls = false };

    public static CyrusOptions Admin =>
        new() { AdminUser = "cyrus", AdminPassword = "secret-of-cyrus", CommandTimeout = TimeSpan.FromMilliseconds(500) };

    public IReadOnlyList<string> Heard => [.. _heard];

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
                var stream = client.GetStream();
                using var lines = new StreamReader(stream, Encoding.Latin1);
                for (var line = ""; line is not null; line = await lines.ReadLineAsync())
                {
                    if (line.Length > 0) _heard.Enqueue(line);
                    if (_answer(line) is { } octets) await stream.WriteAsync(octets);
                }
            }
            catch (IOException)
            {
            }
        }
    }
}
