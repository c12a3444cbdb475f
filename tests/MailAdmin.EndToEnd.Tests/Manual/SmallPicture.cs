using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace MailAdmin.EndToEnd.Tests.Manual;

/// <summary>
/// Converts a browser's PNG to a palette of 256 colours. Pages have few more colours than that, and the file has a third of the size. The
/// rarest colours beyond 256 are replaced by the most similar of the others.
/// </summary>
internal static class SmallPicture
{
    private const int Colours = 256;
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    public static byte[] Of(byte[] png)
    {
        var (width, height, pixels) = Read(png);
        var palette = pixels.CountBy(p => p).OrderByDescending(c => c.Value).ThenBy(c => c.Key).Take(Colours).Select(c => c.Key).ToArray();
        var numbers = new Dictionary<int, byte>();
        foreach (var pixel in pixels.Distinct()) numbers[pixel] = (byte)Array.IndexOf(palette, palette.MinBy(c => Distance(c, pixel)));
        using var file = new MemoryStream();
        file.Write(Signature);
        byte[] header = [.. Big(width), .. Big(height), 8, 3, 0, 0, 0];
        Write(file, "IHDR", header);
        Write(file, "PLTE", [.. palette.SelectMany(c => new[] { (byte)(c >> 16), (byte)(c >> 8), (byte)c })]);
        Write(file, "IDAT", Deflate(pixels, width, numbers));
        Write(file, "IEND", []);
        return file.ToArray();
    }

    private static (int Width, int Height, int[] Pixels) Read(byte[] png)
    {
        using var packed = new MemoryStream();
        int width = 0, height = 0, octets = 0;
        for (var at = Signature.Length; at < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            var kind = Encoding.ASCII.GetString(png, at + 4, 4);
            var data = png.AsSpan(at + 8, length);
            // Eight bits of red, green and blue, with or without opacity, as browsers write them.
            if (kind == "IHDR")
                (width, height, octets) = (
                    BinaryPrimitives.ReadInt32BigEndian(data), BinaryPrimitives.ReadInt32BigEndian(data[4..]), data[9] == 6 ? 4 : 3);
            if (kind == "IDAT") packed.Write(data);
            at += 12 + length;
        }
        packed.Position = 0;
        using var unpacked = new ZLibStream(packed, CompressionMode.Decompress);
        var pixels = new int[width * height];
        var (above, line) = (new byte[width * octets], new byte[width * octets]);
        for (var y = 0; y < height; y++, (above, line) = (line, above))
        {
            var filter = unpacked.ReadByte();
            unpacked.ReadExactly(line);
            for (var i = 0; i < line.Length; i++)
            {
                int left = i < octets ? 0 : line[i - octets], corner = i < octets ? 0 : above[i - octets];
                line[i] += Predicted(filter, left, above[i], corner);
            }
            for (var x = 0; x < width; x++) pixels[(y * width) + x] = (line[x * octets] << 16) | (
                line[(x * octets) + 1] << 8) | line[(x * octets) + 2];
        }
        return (width, height, pixels);
    }

    private static byte Predicted(int filter, int left, int up, int corner) => (byte)(filter switch
    {
        1 => left,
        2 => up,
        3 => (left + up) / 2,
        4 => new[] { left, up, corner }.MinBy(c => Math.Abs(left + up - corner - c)),
        _ => 0,
    });

    private static byte[] Deflate(int[] pixels, int width, Dictionary<int, byte> numbers)
    {
        using var packed = new MemoryStream();
        using (var stream = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            foreach (var line in pixels.Chunk(width)) stream.Write([0, .. line.Select(p => numbers[p])]);
        }
        return packed.ToArray();
    }

    private static int Distance(int one, int other)
    {
        int red = (one >> 16) - (other >> 16), green = (one >> 8 & 255) - (other >> 8 & 255), blue = (one & 255) - (other & 255);
        return (red * red) + (green * green) + (blue * blue);
    }

    private static void Write(MemoryStream file, string kind, ReadOnlySpan<byte> data)
    {
        byte[] chunk = [.. Encoding.ASCII.GetBytes(kind), .. data];
        file.Write(Big(data.Length));
        file.Write(chunk);
        file.Write(Big(Checksum(chunk)));
    }

    private static int Checksum(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var octet in data)
        {
            crc ^= octet;
            for (var bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ (0xEDB88320 & (0u - (crc & 1)));
        }
        return (int)~crc;
    }

    private static byte[] Big(int value)
    {
        var octets = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(octets, value);
        return octets;
    }
}
