using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MailAdmin.Sandbox;

namespace MailAdmin.Benchmarks.Servers;

/// <summary>An IMAP connection that only writes and reads lines: shows the most that Cyrus can do.</summary>
internal sealed class RawImap : IDisposable
{
    private readonly NetworkStream _wire;
    private readonly StreamReader _reader;
    private int _number;

    private RawImap(Socket socket)
    {
        _wire = new NetworkStream(socket, ownsSocket: true);
        _reader = new StreamReader(_wire, Encoding.Latin1);
    }

    /// <summary>Signs in as the administrator, or with the administrator's password as <paramref name="owner"/>.</summary>
    public static async Task<RawImap> SignInAsync(MailSandbox sandbox, string owner = "")
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, sandbox.Ports.Imap);
        var imap = new RawImap(socket);
        await imap._reader.ReadLineAsync();
        var admin = sandbox.Description.CyrusAdmin;
        await imap.OkAsync(
            "AUTHENTICATE PLAIN " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{owner}\0{admin.User}\0{admin.Password}")));
        return imap;
    }

    /// <param name="limitFirst">Sets the limit before the mailbox exists, for which Cyrus needs a +.</param>
    public async Task CreateAsync(string username, long kib, bool limitFirst = false)
    {
        if (limitFirst) await OkAsync(string.Create(CultureInfo.InvariantCulture, $"SETQUOTA +user/{username} (STORAGE {kib})"));
        await OkAsync($"CREATE user/{username}");
        if (!limitFirst) await OkAsync(string.Create(CultureInfo.InvariantCulture, $"SETQUOTA user/{username} (STORAGE {kib})"));
    }

    /// <exception cref="IOException">The answer is not OK.</exception>
    public async Task<IReadOnlyList<string>> OkAsync(string command)
    {
        var lines = await SendAsync(command);
        return lines[^1]
            .StartsWith("OK", StringComparison.Ordinal) ? lines : throw new IOException($"{command.Split(' ')[0]}: {lines[^1]}");
    }

    /// <summary>Returns all lines of the answer, the last one without its tag.</summary>
    public async Task<IReadOnlyList<string>> SendAsync(string command)
    {
        var tag = string.Create(CultureInfo.InvariantCulture, $"b{++_number} ");
        await _wire.WriteAsync(Encoding.Latin1.GetBytes(tag + command + "\r\n"));
        var lines = new List<string>();
        while (await _reader.ReadLineAsync() is { } line)
        {
            if (!line.StartsWith(tag, StringComparison.Ordinal)) lines.Add(line);
            else return [.. lines, line[tag.Length..]];
        }
        throw new IOException("Cyrus ended the connection.");
    }

    /// <summary>Sends all commands at once, and reads until the last one is answered. NO counts as an answer.</summary>
    public async Task PipelineAsync(IReadOnlyList<string> commands)
    {
        var text = new StringBuilder();
        foreach (var command in commands) text.Append(CultureInfo.InvariantCulture, $"b{++_number} {command}\r\n");
        var last = string.Create(CultureInfo.InvariantCulture, $"b{_number} ");
        var writing = _wire.WriteAsync(Encoding.Latin1.GetBytes(text.ToString()));
        while (await _reader.ReadLineAsync() is { } line && !line.StartsWith(last, StringComparison.Ordinal))
        {
        }
        await writing;
    }

    public void Dispose()
    {
        _reader.Dispose();
        _wire.Dispose();
    }
}
