using System.Buffers.Binary;
using System.Text;
using MailAdmin.Provisioning.Sending;

namespace MailAdmin.Provisioning.Tests.Sending;

/// <summary>Sends exactly the octets that Postfix sends.</summary>
internal static class MilterClient
{
    /// <summary>What Postfix 3.7 offers.</summary>
    public static byte[] Offer { get; } = Packet(MilterCommand.Negotiate, [0, 0, 0, 6, 0, 0, 1, 0xFF, 0, 0x1F, 0xFF, 0xFF]);

    public static byte[] Packet(char command, params ReadOnlySpan<byte> data)
    {
        var packet = new byte[5 + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(packet, 1 + data.Length);
        packet[4] = (byte)command;
        data.CopyTo(packet.AsSpan(5));
        return packet;
    }

    public static byte[] Packet(char command, string data) => Packet(command, Encoding.Latin1.GetBytes(data));

    /// <summary>A message of a signed-in user, up to the point that a milter sees.</summary>
    public static byte[] Message(string login, params string[] headers) =>
    [
        .. Packet(MilterCommand.Macros, $"M{{auth_type}}\0PLAIN\0{{auth_authen}}\0{login}\0"),
        .. Packet(MilterCommand.Mail, "<somebody@exemple.be>\0"),
        .. headers.SelectMany(h => Packet(MilterCommand.Header, h.Replace(": ", "\0", StringComparison.Ordinal) + "\0")),
        .. Packet(MilterCommand.EndOfHeaders),
    ];
}
