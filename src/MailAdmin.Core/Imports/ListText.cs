using System.Text;

namespace MailAdmin.Core.Imports;

/// <param name="Encoding">The encoding that was detected, by its IANA name, for people to read.</param>
public sealed record DecodedText(string Text, string Encoding);

/// <summary>
/// Decodes a list whose encoding nobody told: by its byte order mark, by the zeros of UTF-16, as UTF-8 if it is valid UTF-8, else as
/// Windows-1252, which Excel writes on Western systems and which contains Latin-1's letters.
/// </summary>
public static class ListText
{
    private const int Sample = 4_096;

    // A text in a Latin script has a zero in nearly every second octet of UTF-16.
    private const double ManyZeros = 0.3;

    // Octets of Latin-1's control characters, which Windows-1252 uses for quotes, dashes and the euro sign.
    private const byte FirstOfWindows = 0x80;
    private const byte LastOfWindows = 0x9F;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static DecodedText Decode(ReadOnlySpan<byte> octets)
    {
        if (octets.StartsWith("\uFEFF"u8)) return new(Encoding.UTF8.GetString(octets[3..]), "UTF-8");
        if (octets is [0xFF, 0xFE, ..]) return new(Encoding.Unicode.GetString(octets[2..]), "UTF-16");
        if (octets is [0xFE, 0xFF, ..]) return new(Encoding.BigEndianUnicode.GetString(octets[2..]), "UTF-16");
        if (ZerosAt(octets, 1) > ManyZeros) return new(Encoding.Unicode.GetString(octets), "UTF-16");
        if (ZerosAt(octets, 0) > ManyZeros) return new(Encoding.BigEndianUnicode.GetString(octets), "UTF-16");
        try
        {
            return new(StrictUtf8.GetString(octets), "UTF-8");
        }
        catch (DecoderFallbackException)
        {
            var isWindows = octets.ContainsAnyInRange(FirstOfWindows, LastOfWindows);
            var windows = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
            return new(windows.GetString(octets), isWindows ? "Windows-1252" : "ISO-8859-1");
        }
    }

    private static double ZerosAt(ReadOnlySpan<byte> octets, int offset)
    {
        var (zeros, pairs) = (0, Math.Min(octets.Length, Sample) / 2);
        for (var i = 0; i < pairs; i++) if (octets[(2 * i) + offset] == 0) zeros++;
        return pairs == 0 ? 0 : (double)zeros / pairs;
    }
}
