using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MailAdmin.Provisioning.MailboxCopies;

// The server's lines and literals, out of the buffer.
internal sealed partial class ImapWire
{
    private async Task<string> ReadAsync(List<byte[]> literals, LiteralReader? reader)
    {
        var text = await ReadTextAsync();
        while (Literal().Match(text) is { Success: true } announced)
        {
            var octets = long.Parse(announced.Groups["octets"].Value, CultureInfo.InvariantCulture);
            if (reader is not null && await reader(text, octets)) literals.Add([]);
            else literals.Add(await KeepAsync(octets));
            text += await ReadTextAsync();
            if (text.Length > MaxLine) throw new IOException("the server's response does not end");
        }
        return text;
    }

    private void RefuseBye(string text)
    {
        if (!text.StartsWith("* BYE", StringComparison.OrdinalIgnoreCase)) return;
        IsBroken = true;
        throw new IOException(text[2..]);
    }

    private async Task<byte[]> KeepAsync(long octets)
    {
        if (octets > MaxKept) throw new IOException("the server sent a literal that is too long");
        var kept = new byte[octets];
        await ReadExactlyAsync(kept);
        return kept;
    }

    private async ValueTask<string> ReadTextAsync()
    {
        _line.ResetWrittenCount();
        for (; ; )
        {
            var end = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            var part = _buffer.AsMemory(_start, end < 0 ? _end - _start : end + 1);
            if (_line.WrittenCount + part.Length > MaxLine) throw new IOException("the server's line does not end");
            _line.Write(part.Span);
            _start += part.Length;
            if (end >= 0) return Encoding.Latin1.GetString(_line.WrittenSpan.TrimEnd("\r\n"u8));
            await FillAsync();
        }
    }

    private async ValueTask FillAsync()
    {
        IsBroken = true;
        _stop.CancelAfter(_timeout);
        (_start, _end) = (0, await _stream.ReadAsync(_buffer, _stop.Token));
        // Nothing is awaited from the server while the other one is at work.
        _stop.CancelAfter(Timeout.InfiniteTimeSpan);
        if (_end == 0) throw new EndOfStreamException("the server closed the connection");
        IsBroken = false;
    }

    [GeneratedRegex(@"\{(?<octets>[0-9]{1,18})\+?\}$", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex Literal();
}
