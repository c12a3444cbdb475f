using System.Buffers.Binary;

namespace MailAdmin.Provisioning.Sending;

/// <summary>
/// Packets of the milter protocol: four octets of length in network order, a letter, which counts towards the length, and data.
/// </summary>
internal sealed class MilterStream(Stream input, Stream output)
{
    /// <summary>
    /// The most octets of data that are kept of a packet. The longest packet that the milter asks for is a header, which Postfix truncates
    /// at <c>header_size_limit</c> (102,400). A longer one is truncated and never refused: if the connection ended, Postfix would accept
    /// the message.
    /// </summary>
    public const int MaxData = 128 * 1024;

    private const int HeadLength = 5;

    // Nearly all packets fit; a longer one gets a buffer of its own.
    private readonly byte[] _buffer = new byte[2048];

    /// <returns>Null if the other side has disconnected, even in the middle of a packet.</returns>
    /// <exception cref="MilterException">The packet does not even have a letter.</exception>
    public MilterPacket? Read()
    {
        if (!TryFill(_buffer.AsSpan(0, HeadLength))) return null;
        var length = (long)BinaryPrimitives.ReadUInt32BigEndian(_buffer) - 1;
        if (length < 0) throw new MilterException("a packet without a letter");
        var (command, kept) = ((char)_buffer[HeadLength - 1], (int)Math.Min(length, MaxData));
        var data = kept <= _buffer.Length ? _buffer.AsMemory(0, kept) : new byte[kept];
        if (!TryFill(data.Span)) return null;
        // The dropped data passes through the buffer piece by piece.
        if (length > kept && !TrySkip(length - kept)) return null;
        return new(command, data, length > kept);
    }

    public void Write(char answer, ReadOnlySpan<byte> data)
    {
        var packet = new byte[HeadLength + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(packet, data.Length + 1);
        packet[HeadLength - 1] = (byte)answer;
        data.CopyTo(packet.AsSpan(HeadLength));
        output.Write(packet);
    }

    private bool TryFill(Span<byte> octets) => input.ReadAtLeast(octets, octets.Length, throwOnEndOfStream: false) == octets.Length;

    private bool TrySkip(long octets)
    {
        for (var left = octets; left > 0;)
        {
            var part = (int)Math.Min(left, _buffer.Length);
            if (!TryFill(_buffer.AsSpan(0, part))) return false;
            left -= part;
        }
        return true;
    }
}
