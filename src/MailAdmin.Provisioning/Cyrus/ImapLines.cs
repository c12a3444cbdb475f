using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MailAdmin.Provisioning.Cyrus;

/// <summary>Reads answers of an IMAP server, a whole one at a time: where a string comes as a literal, it is put in quotes.</summary>
internal sealed partial class ImapLines(Stream stream)
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly ArrayBufferWriter<byte> _line = new();
    private int _start;
    private int _end;

    /// <summary>Something was received that was not read yet.</summary>
    public bool HasMore => _start < _end;

    /// <exception cref="EndOfStreamException">The server closed the connection.</exception>
    public async ValueTask<string> ReadAsync(CancellationToken cancellation)
    {
        var line = await ReadLineAsync(cancellation);
        while (Literal().Match(line) is { Success: true } literal)
        {
            var text = await ReadOctetsAsync(int.Parse(literal.Groups["octets"].Value, CultureInfo.InvariantCulture), cancellation);
            var quoted = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
            line = $"{line[..literal.Index]}\"{quoted}\"{await ReadLineAsync(cancellation)}";
        }
        return line;
    }

    private async ValueTask<string> ReadLineAsync(CancellationToken cancellation)
    {
        _line.ResetWrittenCount();
        for (; ; )
        {
            var end = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            var part = _buffer.AsMemory(_start, end < 0 ? _end - _start : end + 1);
            _line.Write(part.Span);
            _start += part.Length;
            if (end >= 0) return Encoding.UTF8.GetString(_line.WrittenSpan).TrimEnd('\r', '\n');
            await FillAsync(cancellation);
        }
    }

    private async ValueTask<string> ReadOctetsAsync(int count, CancellationToken cancellation)
    {
        _line.ResetWrittenCount();
        while (count > 0)
        {
            if (_start == _end) await FillAsync(cancellation);
            var part = _buffer.AsMemory(_start, Math.Min(count, _end - _start));
            _line.Write(part.Span);
            (_start, count) = (_start + part.Length, count - part.Length);
        }
        return Encoding.UTF8.GetString(_line.WrittenSpan);
    }

    private async ValueTask FillAsync(CancellationToken cancellation)
    {
        (_start, _end) = (0, await stream.ReadAsync(_buffer, cancellation));
        if (_end == 0) throw new EndOfStreamException("the server closed the connection");
    }

    [GeneratedRegex(@"\{(?<octets>[0-9]{1,9})\}$", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex Literal();
}
