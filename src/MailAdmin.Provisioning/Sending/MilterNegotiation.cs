using System.Buffers.Binary;
using System.Text;

namespace MailAdmin.Provisioning.Sending;

/// <summary>
/// The first exchange: the mail server says what it can do, and we what we want of it (SMFIP_ of libmilter's mfdef.h). We want MAIL, the
/// recipients, the headers and their end, and to be asked for an answer at the end of the headers alone: the body is never sent here.
/// </summary>
internal static class MilterNegotiation
{
    public const uint Version = 6;

    /// <summary>Nothing is left out, and everything is waited for.</summary>
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

    // The macros that we need are named here, whatever milter_mail_macros of main.cf says.
    private const uint ChoosesMacros = 0x100;
    private const uint StageMail = 2;

    /// <returns>Our side, and what was agreed on.</returns>
    /// <exception cref="MilterException">It is too short.</exception>
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
