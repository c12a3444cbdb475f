namespace MailAdmin.Provisioning.Sending;

/// <summary>One packet of the milter protocol.</summary>
/// <param name="Command">A letter; in packets from the mail server, one of <see cref="MilterCommand"/>.</param>
/// <param name="Data">The packet's data, at most <see cref="MilterStream.MaxData"/> octets; valid until the next packet is read.</param>
/// <param name="IsCut">Whether the packet had more data, which was dropped.</param>
internal readonly record struct MilterPacket(char Command, ReadOnlyMemory<byte> Data, bool IsCut = false);

/// <summary>Commands of the mail server (SMFIC_ in libmilter's mfdef.h).</summary>
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

/// <summary>Answers of the milter (SMFIR_).</summary>
internal static class MilterAnswer
{
    /// <summary>The milter needs nothing more of this message.</summary>
    public const char Accept = 'a';
    public const char Continue = 'c';

    /// <summary>Refuses, with the line that the client gets.</summary>
    public const char Reply = 'y';
}

/// <summary>The mail server violated the protocol: the connection ends.</summary>
internal sealed class MilterException(string message) : Exception(message);
