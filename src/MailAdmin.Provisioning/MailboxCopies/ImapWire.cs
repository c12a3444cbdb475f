using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MailAdmin.Provisioning.MailboxCopies;

/// <summary>
/// A signed-in IMAP connection for carrying messages: commands in octets, literals of any length as streams. MailKit keeps each message and
/// decodes each name; a copy needs neither. Every wait for the server is bounded.
/// </summary>
internal sealed partial class ImapWire : IDisposable
{
    // A line has flags, names and the like; messages are literals.
    private const int MaxLine = 1 << 20;

    // A literal that is kept, not streamed: a name, or some header fields.
    private const int MaxKept = 1 << 20;

    private readonly Stream _stream;
    private readonly TimeSpan _timeout;
    private readonly CancellationTokenSource _stop;
    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly byte[] _buffer = new byte[128 * 1024];
    private int _start;
    private int _end;
    private int _tag;

    /// <param name="stream">The connection, which this object disposes of.</param>
    /// <param name="timeout">The longest wait for an octet, and for room to send one.</param>
    /// <param name="cancellationToken">Ends every exchange.</param>
    public ImapWire(Stream stream, TimeSpan timeout, CancellationToken cancellationToken)
    {
        (_stream, _timeout) = (stream, timeout);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    }

    /// <summary>In capitals, as of the last <see cref="AskCapabilitiesAsync"/>.</summary>
    public IReadOnlySet<string> Capabilities { get; private set; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Whether an exchange ended early: the connection can't be used any more.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Receives a literal that is not to be kept: the text of the response before it, and its octets.</summary>
    /// <returns>Whether the literal was read, with <see cref="ReadOctetsAsync"/>; otherwise it is kept.</returns>
    public delegate ValueTask<bool> LiteralReader(string text, long octets);

    public async Task AskCapabilitiesAsync()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        await OkAsync("CAPABILITY", tokens =>
        {
            if (tokens is ["CAPABILITY", ..]) names.UnionWith(tokens.OfType<string>().Select(t => t.ToUpperInvariant()));
        });
        Capabilities = names;
    }

    /// <summary>Sends a command without its tag.</summary>
    /// <returns>The tag.</returns>
    public async Task<string> SendAsync(string command)
    {
        var tag = string.Create(CultureInfo.InvariantCulture, $"c{++_tag}");
        await WriteAsync(Encoding.Latin1.GetBytes($"{tag} {command}\r\n"));
        return tag;
    }

    /// <summary>Sends the begin of a command, whose rest and CRLF the caller writes.</summary>
    /// <returns>The tag.</returns>
    public async Task<string> BeginAsync(string command)
    {
        var tag = string.Create(CultureInfo.InvariantCulture, $"c{++_tag}");
        await WriteAsync(Encoding.Latin1.GetBytes($"{tag} {command}"));
        return tag;
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> octets)
    {
        IsBroken = true;
        _stop.CancelAfter(_timeout);
        await _stream.WriteAsync(octets, _stop.Token);
        IsBroken = false;
        _stop.CancelAfter(Timeout.InfiniteTimeSpan);
    }

    /// <summary>Reads until the command with this tag is completed.</summary>
    /// <param name="tag">The command's.</param>
    /// <param name="take">Gets the tokens of each untagged response.</param>
    /// <param name="literal">Gets each literal first.</param>
    /// <returns>The completion, such as <c>OK Completed</c>.</returns>
    public async Task<string> CompleteAsync(string tag, Action<List<object?>>? take = null, LiteralReader? literal = null)
    {
        for (; ; )
        {
            var literals = new List<byte[]>();
            var text = await ReadAsync(literals, literal);
            RefuseBye(text);
            if (text.StartsWith("* ", StringComparison.Ordinal)) take?.Invoke(ImapTokens.Parse(text[2..], literals));
            else if (text.StartsWith(tag + " ", StringComparison.Ordinal)) return text[(tag.Length + 1)..];
        }
    }

    /// <summary>Sends one command and reads its completion.</summary>
    public async Task<string> AskAsync(string command, Action<List<object?>>? take = null, LiteralReader? literal = null) =>
        await CompleteAsync(await SendAsync(command), take, literal);

    /// <summary>Sends one command, which has to succeed.</summary>
    /// <exception cref="ImapRefusal">The server said NO or BAD.</exception>
    public async Task<string> OkAsync(string command, Action<List<object?>>? take = null)
    {
        var end = await AskAsync(command, take);
        return IsOk(end) ? end : throw new ImapRefusal(end);
    }

    public static bool IsOk(string end) => end.StartsWith("OK", StringComparison.OrdinalIgnoreCase);

    /// <summary>Waits until the server asks for a literal (<c>+</c>), or completes the command instead.</summary>
    /// <returns>Null if it asks; otherwise the completion.</returns>
    public async Task<string?> AwaitContinuationAsync(string tag)
    {
        for (; ; )
        {
            var text = await ReadAsync([], null);
            if (text.StartsWith('+')) return null;
            if (text.StartsWith(tag + " ", StringComparison.Ordinal)) return text[(tag.Length + 1)..];
            RefuseBye(text);
        }
    }

    /// <summary>Reads one line, such as the greeting.</summary>
    public Task<string> ReadLineAsync() => ReadAsync([], null);

    /// <summary>Reads up to that many octets of a literal.</summary>
    public async ValueTask<int> ReadOctetsAsync(Memory<byte> octets)
    {
        if (_start == _end) await FillAsync();
        var count = Math.Min(octets.Length, _end - _start);
        _buffer.AsSpan(_start, count).CopyTo(octets.Span);
        _start += count;
        return count;
    }

    public async ValueTask ReadExactlyAsync(Memory<byte> octets)
    {
        while (!octets.IsEmpty) octets = octets[await ReadOctetsAsync(octets)..];
    }

    public void Dispose()
    {
        _stop.Dispose();
        _stream.Dispose();
    }
}
