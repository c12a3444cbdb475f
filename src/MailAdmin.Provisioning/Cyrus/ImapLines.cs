using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MailAdmin.Provisioning.Cyrus;

/// <summary>Reads an IMAP server's answers, one complete line at a time; a literal in it is converted to a quoted string.</summary>
internal sealed partial class ImapLines(Stream stream)
{
    /// <summary>The longest line that a server may send, including literals. Expected answers have some hundred octets.</summary>
    public const int MaxLine = 64 * 1024;

    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly ArrayBufferWriter<byte> _line = new();
    private int _start;
    private int _end;
    private long _allowed;

    /// <summary>Whether octets have been received that have not been read yet.</summary>
    public bool HasMore => _start < _end;

    /// <summary>Sets how many octets may arrive from now on: an endless answer must not fill the memory.</summary>
    public void Allow(long octets) => _allowed = octets;

    /// <exception cref="EndOfStreamException">The server closed the connection.</exception>
    /// <exception cref="IOException">The line, or everything since <see cref="Allow"/>, is longer than any expected answer.</exception>
    public async ValueTask<string> ReadAsync(CancellationToken cancellationToken)
    {
        var line = await ReadLineAsync(cancellationToken);
        while (Literal().Match(line) is { Success: true } literal)
        {
            var text = await ReadOctetsAsync(int.Parse(literal.Groups["octets"].Value, CultureInfo.InvariantCulture), cancellationToken);
            var quoted = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
            line = $"{line[..literal.Index]}\"{quoted}\"{await ReadLineAsync(cancellationToken)}";
            if (line.Length > MaxLine) throw TooLong();
        }
        return line;
    }

    private async ValueTask<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        _line.ResetWrittenCount();
        for (; ; )
        {
            var end = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            var part = _buffer.AsMemory(_start, end < 0 ? _end - _start : end + 1);
            if (_line.WrittenCount + part.Length > MaxLine) throw TooLong();
            _line.Write(part.Span);
            _start += part.Length;
            if (end >= 0) return Encoding.UTF8.GetString(_line.WrittenSpan).TrimEnd('\r', '\n');
            await FillAsync(cancellationToken);
        }
    }

    private async ValueTask<string> ReadOctetsAsync(int count, CancellationToken cancellationToken)
    {
        if (count > MaxLine) throw TooLong();
        _line.ResetWrittenCount();
        while (count > 0)
        {
            if (_start == _end) await FillAsync(cancellationToken);
            var part = _buffer.AsMemory(_start, Math.Min(count, _end - _start));
            _line.Write(part.Span);
            (_start, count) = (_start + part.Length, count - part.Length);
        }
        return Encoding.UTF8.GetString(_line.WrittenSpan);
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        (_start, _end) = (0, await stream.ReadAsync(_buffer, cancellationToken));
        if (_end == 0) throw new EndOfStreamException("the server closed the connection");
        if ((_allowed -= _end) < 0) throw new IOException("the server's answer does not end");
    }

    /// <summary>The exception for a line that is longer than <see cref="MaxLine"/>.</summary>
    public static IOException TooLong() => new($"the server sent a line of more than {MaxLine} octets");

    [GeneratedRegex(@"\{(?<octets>[0-9]{1,9})\}$", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex Literal();
}
