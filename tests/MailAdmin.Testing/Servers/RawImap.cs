using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MailAdmin.Testing.Servers;

/// <summary>
/// An IMAP connection that only writes and reads lines: shows independently what the server says, and the most that it can do.
/// </summary>
public sealed class RawImap : IAsyncDisposable, IDisposable
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

    /// <inheritdoc cref="SignInAsync(int, string, string, string?)"/>
    public static Task<RawImap> SignInAsync(PrivateCyrus cyrus, string? owner = null) =>
        SignInAsync(cyrus.Port, cyrus.Options().AdminUser, cyrus.Options().AdminPassword!, owner);

    /// <summary>Signs in as the administrator, or with the administrator's password as <paramref name="owner"/>.</summary>
    public static async Task<RawImap> SignInAsync(int port, string admin, string password, string? owner = null)
    {
        var imap = await ConnectAsync(port);
        await imap.OkAsync("AUTHENTICATE PLAIN " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{owner}\0{admin}\0{password}")));
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

    /// <exception cref="InvalidOperationException">The answer is not OK.</exception>
    public async Task<IReadOnlyList<string>> OkAsync(string command)
    {
        var lines = await SendAsync(command);
        return lines[^1].StartsWith("OK", StringComparison.Ordinal)
            ? lines
            : throw new InvalidOperationException($"{command.Split(' ')[0]}: {lines[^1]}");
    }

    /// <summary>Sends all commands at once, and reads until the last one is answered. NO counts as an answer.</summary>
    public async Task PipelineAsync(IReadOnlyList<string> commands)
    {
        var text = new StringBuilder();
        foreach (var command in commands) text.Append(CultureInfo.InvariantCulture, $"r{++_tag} {command}\r\n");
        var last = string.Create(CultureInfo.InvariantCulture, $"r{_tag} ");
        var writing = _wire.WriteAsync(Encoding.Latin1.GetBytes(text.ToString()));
        while (await _reader.ReadLineAsync() is { } line && !line.StartsWith(last, StringComparison.Ordinal))
        {
        }
        await writing;
    }

    /// <param name="limitFirst">Sets the limit before the mailbox exists, for which Cyrus needs a +.</param>
    public async Task CreateAsync(string username, long kib, bool limitFirst = false)
    {
        if (limitFirst) await OkAsync(string.Create(CultureInfo.InvariantCulture, $"SETQUOTA +user/{username} (STORAGE {kib})"));
        await OkAsync($"CREATE user/{username}");
        if (!limitFirst) await OkAsync(string.Create(CultureInfo.InvariantCulture, $"SETQUOTA user/{username} (STORAGE {kib})"));
    }

    /// <summary>Appends a message of exactly this many octets.</summary>
    public Task AppendAsync(string folder, int octets)
    {
        const string Header = "From: <a@example.org>\r\nSubject: filler\r\n\r\n";
        return OkAsync($"APPEND {folder} {{{octets}+}}\r\n{Header}{new string('x', octets - Header.Length)}");
    }

    public ValueTask DisposeAsync() => _wire.DisposeAsync();

    public void Dispose() => _wire.Dispose();
}
