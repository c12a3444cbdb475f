using System.Buffers.Binary;
using System.Text;

namespace MailAdmin.Provisioning.Sending;

/// <summary>
/// The first exchange: the mail server announces what it supports, and the milter what it wants (SMFIP_ in libmilter's mfdef.h). The milter
/// wants MAIL, the recipients, the headers and their end, and answers only at the end of the headers: the body is never transmitted.
/// </summary>
internal static class MilterNegotiation
{
    public const uint Version = 6;

    /// <summary>No step is left out, and every step gets an answer.</summary>
    public const uint Everything = 0;

    public const uint NoReplyToHeaders = 0x80;
    public const uint NoReplyToMail = 0x4000;
    public const uint NoReplyToRecipients = 0x8000;

    private const uint NoConnect = 0x1;
    private const uint NoHello = 0x2;
    private const uint NoBody = 0x10;
    private const uint NoUnknown = 0x100;
    private const uint NoData = 0x200;

    private const uint Wanted = NoConnect | NoHello | NoBody | NoUnknown | NoData | NoReplyToHeaders | NoReplyToMail | NoReplyToRecipients;

    // The milter names the macros that it needs, whatever milter_mail_macros of main.cf says.
    private const uint ChoosesMacros = 0x100;
    private const uint StageMail = 2;

    /// <returns>The milter's packet, and the agreed steps.</returns>
    /// <exception cref="MilterException">The offer is too short.</exception>
    public static (byte[] Answer, uint Agreed) Answer(ReadOnlySpan<byte> offer)
    {
        if (offer.Length < 3 * sizeof(uint)) throw new MilterException("a negotiation that is too short");
        var version = Math.Min(BinaryPrimitives.ReadUInt32BigEndian(offer), Version);
        var (actions, steps) = (
            BinaryPrimitives.ReadUInt32BigEndian(offer[4..]) & ChoosesMacros, BinaryPrimitives.ReadUInt32BigEndian(offer[8..]) & Wanted);
        using var answer = new MemoryStream();
        foreach (var number in (uint[])[version, actions, steps]) Write(answer, number);
        if (actions != 0)
        {
            Write(answer, StageMail);
            answer.Write(Encoding.ASCII.GetBytes($"{MilterSession.LoginMacro} {MilterSession.AuthorMacro}\0"));
        }
        return (answer.ToArray(), steps);
    }

    private static void Write(Stream stream, uint number)
    {
        Span<byte> octets = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(octets, number);
        stream.Write(octets);
    }
}
