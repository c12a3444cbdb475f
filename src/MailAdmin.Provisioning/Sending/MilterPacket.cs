namespace MailAdmin.Provisioning.Sending;

/// <summary>One packet of the milter protocol.</summary>
/// <param name="Command">A letter: <see cref="MilterCommand"/> to us.</param>
/// <param name="Data">
/// What belongs to it, at most <see cref="MilterStream.MaxData"/> octets; to be used before the next packet is read.
/// </param>
/// <param name="IsCut">More belonged to it, which was left out.</param>
internal readonly record struct MilterPacket(char Command, ReadOnlyMemory<byte> Data, bool IsCut = false);

/// <summary>What the mail server says (SMFIC_ of libmilter's mfdef.h).</summary>
internal static class MilterCommand
{
    public const char Abort = 'A';
    public const char Body = 'B';
    public const char Connect = 'C';
    public const char Macros = 'D';
    public const char EndOfMessage = 'E';
    public const char Hello = 'H';
    public const char QuitForNew = 'K';
    public const char Header = 'L';
    public const char Mail = 'M';
    public const char EndOfHeaders = 'N';
    public const char Negotiate = 'O';
    public const char Quit = 'Q';
    public const char Recipient = 'R';
    public const char Data = 'T';
    public const char Unknown = 'U';
}

/// <summary>What we answer (SMFIR_).</summary>
internal static class MilterAnswer
{
    /// <summary>Nothing more of this message is of interest.</summary>
    public const char Accept = 'a';
    public const char Continue = 'c';

    /// <summary>With the line that the client hears.</summary>
    public const char Reply = 'y';
}

/// <summary>What does not hold to the protocol: the connection ends.</summary>
internal sealed class MilterException(string message) : Exception(message);
