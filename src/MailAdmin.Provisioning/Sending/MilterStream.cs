using System.Buffers.Binary;

namespace MailAdmin.Provisioning.Sending;

/// <summary>Packets of the milter protocol: four octets of length in network order, a letter that the length counts too, and data.</summary>
internal sealed class MilterStream(Stream input, Stream output)
{
    /// <summary>
    /// Octets of data that are kept of a packet. The longest that we ask for is a header, which Postfix cuts at <c>header_size_limit</c> (102,400). A longer
    /// one is cut and never refused: ending the connection would let its message pass.
    /// </summary>
    public const int MaxData = 128 * 1024;

    private const int HeadLength = 5;

    // Nearly all packets fit; a longer one has its own.
    private readonly byte[] _buffer = new byte[2048];

    /// <returns>Null when the other side has gone, in the middle of a packet too.</returns>
    /// <exception cref="MilterException">A packet without even a letter.</exception>
    public async ValueTask<MilterPacket?> ReadAsync(CancellationToken cancellationToken)
    {
        if (!await FillAsync(_buffer.AsMemory(0, HeadLength), cancellationToken)) return null;
        var length = (long)BinaryPrimitives.ReadUInt32BigEndian(_buffer) - 1;
        if (length < 0) throw new MilterException("a packet without a letter");
        var (command, kept) = ((char)_buffer[HeadLength - 1], (int)Math.Min(length, MaxData));
        var data = kept <= _buffer.Length ? _buffer.AsMemory(0, kept) : new byte[kept];
        if (!await FillAsync(data, cancellationToken)) return null;
        // What is left out is never larger than the buffer that it passes through.
        if (length > kept && !await SkipAsync(length - kept, cancellationToken)) return null;
        return new(command, data, length > kept);
    }

    public async Task WriteAsync(char answer, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        var packet = new byte[HeadLength + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(packet, data.Length + 1);
        packet[HeadLength - 1] = (byte)answer;
        data.CopyTo(packet.AsMemory(HeadLength));
        await output.WriteAsync(packet, cancellationToken);
    }

    private async ValueTask<bool> FillAsync(Memory<byte> memory, CancellationToken cancellationToken) =>
        await input.ReadAtLeastAsync(memory, memory.Length, throwOnEndOfStream: false, cancellationToken) == memory.Length;

    private async ValueTask<bool> SkipAsync(long octets, CancellationToken cancellationToken)
    {
        for (var left = octets; left > 0;)
        {
            var part = (int)Math.Min(left, _buffer.Length);
            if (!await FillAsync(_buffer.AsMemory(0, part), cancellationToken)) return false;
            left -= part;
        }
        return true;
    }
}
