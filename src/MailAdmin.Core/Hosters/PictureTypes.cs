using System.Buffers.Binary;

namespace MailAdmin.Core.Hosters;

/// <summary>
/// Determines a picture's type by walking through its structure: every part has to be where the format requires it, and the last one has to
/// end with the file. Checking only the first octets would let anything through.
/// </summary>
internal static class PictureTypes
{
    /// <summary>Maximum side length in pixels: a small file could otherwise unpack into gigabytes in every browser.</summary>
    public const int MaxSide = 4_096;

    private const int ChunkFrame = 12;

    /// <summary>The media type; null if the content is not a picture, or a broken one.</summary>
    public static string? Of(ReadOnlySpan<byte> content) =>
        IsPng(content) ? "image/png" : IsJpeg(content) ? "image/jpeg" : IsWebp(content) ? "image/webp" : null;

    // ISO 15948, section 5: a signature, then chunks of length, type, data and CRC, the first IHDR and the last IEND.
    private static bool IsPng(ReadOnlySpan<byte> content)
    {
        if (!content.StartsWith((ReadOnlySpan<byte>)[0x89, .. "PNG\r\n"u8, 0x1a, 0x0a])) return false;
        content = content[8..];
        var (isFirst, hasData) = (true, false);
        while (content.Length >= ChunkFrame)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(content);
            if (length > content.Length - ChunkFrame) return false;
            var chunk = content.Slice(4, 4 + (int)length);
            var crc = BinaryPrimitives.ReadUInt32BigEndian(content[(8 + (int)length)..]);
            if (CrcOf(chunk) != crc || (isFirst && !IsHeader(chunk))) return false;
            content = content[(ChunkFrame + (int)length)..];
            isFirst = false;
            hasData |= chunk.StartsWith("IDAT"u8);
            if (chunk.StartsWith("IEND"u8)) return hasData && length == 0 && content.IsEmpty;
        }
        return false;
    }

    // Width, height, bit depth, colour type, compression, filter, interlace.
    private static bool IsHeader(ReadOnlySpan<byte> chunk) =>
        chunk.Length == 17 && chunk.StartsWith("IHDR"u8)
        && IsSide(BinaryPrimitives.ReadUInt32BigEndian(chunk[4..])) && IsSide(BinaryPrimitives.ReadUInt32BigEndian(chunk[8..]))
        && chunk[12] is 1 or 2 or 4 or 8 or 16 && chunk[13] is 0 or 2 or 3 or 4 or 6 && chunk[14] == 0 && chunk[15] == 0 && chunk[16] <= 1;

    // ITU T.81, annex B: segments up to the scan, one of which is a frame with its sides, and an end.
    private static bool IsJpeg(ReadOnlySpan<byte> content)
    {
        if (!content.StartsWith((ReadOnlySpan<byte>)[0xff, 0xd8]) || !content.EndsWith((ReadOnlySpan<byte>)[0xff, 0xd9])) return false;
        var hasFrame = false;
        for (var rest = content[2..]; rest.Length >= 4 && rest[0] == 0xff;)
        {
            var (marker, length) = (rest[1], BinaryPrimitives.ReadUInt16BigEndian(rest[2..]));
            if (length < 2 || rest.Length < 2 + length) return false;
            if (marker == 0xda) return hasFrame;
            // SOF0 to SOF15, except the markers in this range that are tables.
            if (marker is >= 0xc0 and <= 0xcf and not (0xc4 or 0xc8 or 0xcc))
                hasFrame = length >= 8 && IsSide(BinaryPrimitives.ReadUInt16BigEndian(rest[5..]))
                    && IsSide(BinaryPrimitives.ReadUInt16BigEndian(rest[7..]));
            rest = rest[(2 + length)..];
        }
        return false;
    }

    private static bool IsWebp(ReadOnlySpan<byte> content) =>
        content.Length > 20 && content.StartsWith("RIFF"u8) && content[8..]
            .StartsWith("WEBPVP8"u8) && content[15] is (byte)' ' or (byte)'L' or (byte)'X'
        && BinaryPrimitives.ReadUInt32LittleEndian(content[4..]) == content.Length - 8;

    private static bool IsSide(uint pixels) => pixels is > 0 and <= MaxSide;

    private static uint CrcOf(ReadOnlySpan<byte> octets)
    {
        var crc = uint.MaxValue;
        foreach (var octet in octets)
        {
            crc ^= octet;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xedb88320;
        }
        return ~crc;
    }
}
