namespace MailAdmin.Provisioning.MailboxCopies;

/// <summary>A message with its text, ready to be appended: in memory if it is small, in a file that goes with it otherwise.</summary>
internal sealed class FetchedMessage(SourceMessage source, byte[] octets, FileStream? file) : IDisposable
{
    public SourceMessage Source => source;

    /// <summary>The whole text, or the header of a message in a file.</summary>
    public ReadOnlyMemory<byte> Octets => octets;

    public FileStream? File => file;

    public long Length => file?.Length ?? octets.Length;

    /// <summary>What had to be corrected is.</summary>
    public bool IsRepaired { get; init; }

    public void Dispose() => file?.Dispose();
}

/// <summary>What the other server answered for one message: the message, or its words why there is none.</summary>
internal sealed record FetchResult(SourceMessage Source, FetchedMessage? Message, string? Refusal);
