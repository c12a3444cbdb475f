using System.Buffers.Binary;

namespace MailAdmin.Provisioning.Logins;

/// <summary>The answers of saslauthd: two octets with the length of the text, most significant first, and the text.</summary>
internal static class SaslauthdAnswer
{
    private static readonly byte[] Ok = Frame("OK"u8);
    private static readonly byte[] No = Frame("NO"u8);

    /// <summary>Null if the verdict is unknown: the connection is closed without an answer then.</summary>
    public static byte[]? Of(LoginVerdict verdict) => verdict switch
    {
        LoginVerdict.Ok => Ok,
        LoginVerdict.No => No,
        _ => null,
    };

    private static byte[] Frame(ReadOnlySpan<byte> text)
    {
        var frame = new byte[2 + text.Length];
        BinaryPrimitives.WriteUInt16BigEndian(frame, (ushort)text.Length);
        text.CopyTo(frame.AsSpan(2));
        return frame;
    }
}
