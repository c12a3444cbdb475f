using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MailAdmin.Provisioning.Tests.Cyrus;

/// <summary>Plain IMAP commands: shows independently what the server says, and gives the baseline of what it can do.</summary>
internal sealed class RawImap : IAsyncDisposable
{
    private readonly NetworkStream _wire;
    private readonly StreamReader _reader;
    private int _tag;

    private RawImap(Socket socket)
    {
        _wire = new NetworkStream(socket, ownsSocket: true);
        _reader = new StreamReader(_wire, Encoding.Latin1);
    }

    public static async Task<RawImap> ConnectAsync(int port)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        var imap = new RawImap(socket);
        _ = await imap._reader.ReadLineAsync() ?? throw new IOException("no greeting");
        return imap;
    }

    public static async Task<RawImap> SignInAsync(PrivateCyrus cyrus, string? owner = null)
    {
        var imap = await ConnectAsync(cyrus.Port);
        var options = cyrus.Options();
        await imap.OkAsync(
            "AUTHENTICATE PLAIN " + Convert.ToBase64String(
                Encoding.UTF8.GetBytes($"{owner}\0{options.AdminUser}\0{options.AdminPassword}")));
        return imap;
    }

    /// <summary>Returns all lines of the answer; the last one begins with OK, NO or BAD.</summary>
    public async Task<IReadOnlyList<string>> SendAsync(string command)
    {
        var tag = $"r{++_tag} ";
        await _wire.WriteAsync(Encoding.Latin1.GetBytes($"{tag}{command}\r\n"));
        var lines = new List<string>();
        while (await _reader.ReadLineAsync() is { } line)
        {
            if (!line.StartsWith(tag, StringComparison.Ordinal)) lines.Add(line);
            else return [.. lines, line[tag.Length..]];
        }
        throw new IOException($"the connection ended at: {command}");
    }

    public async Task<IReadOnlyList<string>> OkAsync(string command)
    {
        var lines = await SendAsync(command);
        return lines[^1]
            .StartsWith("OK", StringComparison.Ordinal) ? lines : throw new InvalidOperationException($"{command}: {lines[^1]}");
    }

    /// <summary>Appends a message of exactly this many octets.</summary>
    public Task AppendAsync(string folder, int octets)
    {
        const string Header = "From: <a@example.org>\r\nSubject: filler\r\n\r\n";
        return OkAsync($"APPEND {folder} {{{octets}+}}\r\n{Header}{new string('x', octets - Header.Length)}");
    }

    public ValueTask DisposeAsync() => _wire.DisposeAsync();
}
