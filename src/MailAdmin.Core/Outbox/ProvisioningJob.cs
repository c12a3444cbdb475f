namespace MailAdmin.Core.Outbox;

/// <summary>
/// Something on the servers that has to be made to match, such as "account 17's mailbox". There is one row per kind and subject, however
/// often it is renewed; it is deleted once it is done.
/// </summary>
public sealed class ProvisioningJob
{
    public long Id { get; set; }

    public JobKind Kind { get; set; }

    /// <summary>
    /// Id of the account; for <see cref="JobKind.Removal"/> of the retired username, for <see cref="JobKind.DomainRemoval"/> and
    /// <see cref="JobKind.DomainNames"/> of the domain, for <see cref="JobKind.Import"/> of the import.
    /// </summary>
    public long SubjectId { get; set; }

    /// <summary>
    /// Rises with each renewal: the worker completes only the revision that it read, so that a change during its run is not lost.
    /// </summary>
    public long Revision { get; set; } = 1;

    public int Attempts { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>The job is not tried before this time.</summary>
    public DateTimeOffset DueAt { get; set; }

    /// <summary>The worker that has claimed it, for which it is reserved until <see cref="LeasedUntil"/>.</summary>
    public string? LeasedBy { get; set; }

    public DateTimeOffset? LeasedUntil { get; set; }

    /// <summary>The server's own message at the last attempt.</summary>
    public string? LastError { get; set; }

    /// <summary>The server has a mailbox of that name that is not the account's: an admin has to decide.</summary>
    public bool IsConflict { get; set; }

    /// <summary>The server refused, so that an admin should look, rather than being unavailable.</summary>
    public bool Refused { get; set; }
}

public enum JobKind
{
    /// <summary>The account's mailbox is to exist, with rights, quota and folders.</summary>
    Mailbox,

    /// <summary>The account's Sieve script is to match its vacation.</summary>
    Script,

    /// <summary>The mailbox of the retired username is to be removed.</summary>
    Removal,

    /// <summary>Open mail sessions of the account are to be ended, so that its user has to sign in again.</summary>
    SignOut,

    /// <summary>The domain is to be deleted, in steps; each step renews the job until nothing is left.</summary>
    DomainRemoval,

    /// <summary>New names are to be given to the domain's addresses, or old ones taken away, in steps as well.</summary>
    DomainNames,

    /// <summary>The account's own Sieve script is to be deactivated.</summary>
    ScriptAside,

    /// <summary>Rights in the account's mailbox are to be removed from everybody except accounts of its domain.</summary>
    ForeignRights,

    /// <summary>The rest of a list of accounts and aliases is to be carried out, in steps as well.</summary>
    Import,
}
