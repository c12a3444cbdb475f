using System.Text;
using MimeKit;

namespace MailAdmin.Provisioning.MailboxCopies;

/// <summary>
/// Corrects what IMAP forbids in a message (RFC 3501, 2.4 and 4.3.1; RFC 5322, 2.2) where that is harmless: a bare line feed becomes CRLF,
/// a NUL becomes a space, and a header field with 8-bit characters is encoded (RFC 2047). Cyrus would refuse the first two, and some
/// installations of it replace the characters of the third by X.
/// </summary>
internal sealed class MessageRepair
{
    private bool _isHeader = true;
    private bool _afterCr;
    private bool _lineIsEmpty = true;

    /// <summary>Whether anything inspected so far has to be corrected.</summary>
    public bool IsNeeded { get; private set; }

    /// <summary>Looks at the next part of a message, of any length.</summary>
    public void Inspect(ReadOnlySpan<byte> part)
    {
        while (_isHeader && !part.IsEmpty)
        {
            InspectHeader(part[0]);
            part = part[1..];
        }
        if (IsNeeded || part.IsEmpty) return;
        IsNeeded = part.Contains((byte)0);
        for (var rest = part; !IsNeeded && rest.IndexOf((byte)'\n') is >= 0 and var at; rest = rest[(at + 1)..])
            IsNeeded = at > 0 ? rest[at - 1] != '\r' : rest.Length < part.Length || !_afterCr;
        _afterCr = part[^1] == '\r';
    }

    /// <summary>Corrects a whole message.</summary>
    public static byte[] Correct(ReadOnlySpan<byte> message)
    {
        var end = HeaderEnd(message);
        var corrected = new MemoryStream(message.Length + 1024);
        corrected.Write(Header(message[..end]));
        var afterCr = false;
        Body(message[end..], corrected, ref afterCr);
        return corrected.ToArray();
    }

    /// <summary>Corrects the header of a message that is read in parts.</summary>
    public static byte[] Header(ReadOnlySpan<byte> header)
    {
        var lines = new MemoryStream(header.Length + 256);
        var afterCr = false;
        Body(header, lines, ref afterCr);
        var plain = lines.ToArray();
        return plain.Any(b => b > 127) ? Encoded(plain) : plain;
    }

    /// <summary>Corrects the next part of a body.</summary>
    /// <param name="afterCr">Whether the part before it ended with CR.</param>
    public static void Body(ReadOnlySpan<byte> part, Stream to, ref bool afterCr)
    {
        foreach (var octet in part)
        {
            if (octet == '\n' && !afterCr) to.WriteByte((byte)'\r');
            to.WriteByte(octet == 0 ? (byte)' ' : octet);
            afterCr = octet == '\r';
        }
    }

    /// <summary>Where the header ends, with its empty line; the length of the text if it has none.</summary>
    public static int HeaderEnd(ReadOnlySpan<byte> message)
    {
        var begin = 0;
        while (message[begin..].IndexOf((byte)'\n') is >= 0 and var at)
        {
            if (at == 0 || (at == 1 && message[begin] == '\r')) return begin + at + 1;
            begin += at + 1;
        }
        return message.Length;
    }

    private void InspectHeader(byte octet)
    {
        IsNeeded |= octet is 0 or > 127 || (octet == '\n' && !_afterCr);
        if (octet == '\n')
        {
            _isHeader = !_lineIsEmpty;
            _lineIsEmpty = true;
        }
        else if (octet != '\r') _lineIsEmpty = false;
        _afterCr = octet == '\r';
    }

    private static byte[] Encoded(byte[] header)
    {
        var encoded = new MemoryStream(header.Length + 256);
        foreach (var field in Fields(header)) encoded.Write(field.Any(b => b > 127) ? EncodedField(field) : field);
        return encoded.ToArray();
    }

    // MimeKit knows which fields have addresses, whose names are encoded one by one.
    private static byte[] EncodedField(byte[] field)
    {
        if (!MimeKit.Header.TryParse(field, out var parsed)) return field;
        var charset = IsUtf8(field) ? Encoding.UTF8 : Encoding.GetEncoding("iso-8859-1");
        parsed.SetValue(FormatOptions.Default, Encoding.UTF8, parsed.GetValue(charset));
        var text = new MemoryStream();
        text.Write(Encoding.ASCII.GetBytes(parsed.Field + ":"));
        var afterCr = false;
        Body(parsed.RawValue, text, ref afterCr);
        return text.ToArray();
    }

    private static bool IsUtf8(byte[] octets)
    {
        try
        {
            new UTF8Encoding(false, throwOnInvalidBytes: true).GetCharCount(octets);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    // Each field with its folded lines; the empty line is one of its own.
    private static IEnumerable<byte[]> Fields(byte[] header)
    {
        var begin = 0;
        for (var at = 0; at < header.Length; at++)
        {
            if (header[at] != '\n' || (at + 1 < header.Length && header[at + 1] is (byte)' ' or (byte)'\t')) continue;
            yield return header[begin..(at + 1)];
            begin = at + 1;
        }
        if (begin < header.Length) yield return header[begin..];
    }
}
