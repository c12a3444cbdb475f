namespace MailAdmin.Core.Outbox;

/// <summary>
/// Something that the servers have to be made to match: "account 17's mailbox". One row for each, however often it is renewed; it is gone
/// once it is fulfilled.
/// </summary>
public sealed class OutboxTask
{
    public long Id { get; set; }

    public OutboxKind Kind { get; set; }

    /// <summary>
    /// Id of the account; of the retired username for <see cref="OutboxKind.Removal"/>, of the domain for
    /// <see cref="OutboxKind.DomainRemoval"/> and <see cref="OutboxKind.DomainNames"/>.
    /// </summary>
    public long SubjectId { get; set; }

    /// <summary>
    /// Rises with each renewal: the worker completes only the revision that it read, so that a change during its run is not lost.
    /// </summary>
    public long Revision { get; set; } = 1;

    public int Attempts { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Not tried before.</summary>
    public DateTimeOffset DueAt { get; set; }

    /// <summary>The worker that has it now, and until when the others leave it alone.</summary>
    public string? LeasedBy { get; set; }

    public DateTimeOffset? LeasedUntil { get; set; }

    /// <summary>The server's own words at the last attempt.</summary>
    public string? LastError { get; set; }

    /// <summary>The server has a mailbox of that name which is not the account's: a person has to choose what to do.</summary>
    public bool IsConflict { get; set; }

    /// <summary>The server refused (a person should look), rather than being away.</summary>
    public bool Refused { get; set; }
}

public enum OutboxKind
{
    /// <summary>The account's mailbox is there, with rights, quota and folders.</summary>
    Mailbox,

    /// <summary>The account's Sieve script is as its vacation says.</summary>
    Script,

    /// <summary>The retired username has no mailbox any more.</summary>
    Removal,

    /// <summary>Nobody is signed in to the account's mail with what they may no longer: they have to sign in again.</summary>
    SignOut,

    /// <summary>The domain is gone; done in steps, each of which renews the task until nothing is left.</summary>
    DomainRemoval,

    /// <summary>The domain's addresses have its new names, or have lost the old ones; done in steps likewise.</summary>
    DomainNames,

    /// <summary>The account's own Sieve script is not active any more.</summary>
    ScriptAside,

    /// <summary>In the account's mailbox nobody but accounts of its domain has rights.</summary>
    ForeignRights,
}
