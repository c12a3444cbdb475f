namespace MailAdmin.Core.MailboxCopies;

/// <summary>Something that a copy could not carry over, or carried over in another form.</summary>
public sealed class MailboxCopyProblem
{
    public long Id { get; set; }

    public long CopyId { get; set; }

    public MailboxCopy? Copy { get; set; }

    public CopyProblemKind Kind { get; set; }

    /// <summary>The name of the folder as users see it.</summary>
    public required string Folder { get; set; }

    /// <summary>The message's subject, or null for a problem of the folder.</summary>
    public string? Subject { get; set; }

    /// <summary>When the other server received the message.</summary>
    public DateTimeOffset? ReceivedAt { get; set; }

    /// <summary>The server's own words, or the name that was given instead.</summary>
    public string? Detail { get; set; }

    /// <summary>Whether it is only said, and everything was carried over.</summary>
    public bool IsNote => Kind >= CopyProblemKind.Repaired;
}

public enum CopyProblemKind
{
    /// <summary>The mailbox here has no room for the message.</summary>
    OverQuota,

    /// <summary>The mail server here refused the message.</summary>
    Refused,

    /// <summary>The other server does not hand the message out.</summary>
    Unreadable,

    /// <summary>The folder can't be made here, or not be opened there.</summary>
    FolderRefused,

    /// <summary>The user has deleted or renamed the folder here since it was copied, so nothing more is copied into it.</summary>
    FolderGone,

    /// <summary>The message had octets that IMAP forbids, and was corrected.</summary>
    Repaired,

    /// <summary>The message was copied without its keywords.</summary>
    KeywordsLeft,

    /// <summary>The folder has another name here.</summary>
    FolderRenamed,

    /// <summary>The name of the folder is no valid modified UTF-7; it was taken literally.</summary>
    FolderNameInvalid,

    /// <summary>The folder only shows messages of other folders, and is left out.</summary>
    FolderVirtual,
}
