namespace MailAdmin.Core.MailboxCopies;

/// <summary>
/// What is known of one folder of the other server: a later run copies only what is new. UIDs mean nothing once either server has given the
/// folder another UIDVALIDITY (RFC 3501, 2.3.1.1).
/// </summary>
public sealed class MailboxCopyFolder
{
    public long Id { get; set; }

    public long CopyId { get; set; }

    public MailboxCopy? Copy { get; set; }

    /// <summary>The name on the other server, octet by octet.</summary>
    public required string Source { get; set; }

    /// <summary>The name here as users see it, with <c>/</c> between levels.</summary>
    public required string Target { get; set; }

    public long SourceValidity { get; set; }

    public long TargetValidity { get; set; }

    /// <summary>The UID here below which every message was seen: what has been copied since is above it.</summary>
    public long TargetNext { get; set; }

    /// <summary>For each copied message its UID there, its UID here, and its flags there when they were last looked at.</summary>
    public byte[] Messages { get; set; } = [];
}
