using MailAdmin.Core.Audit;
using MailAdmin.Core.Results;

namespace MailAdmin.Core.Backups;

/// <summary>The numbers of a domain that are not given again.</summary>
public sealed record PassedNumbers(string Domain, long First, long Last);

/// <summary>A mailbox without an account.</summary>
/// <param name="Domain">The domain that its name belongs to by its prefix or by the audit; null if unknown.</param>
/// <param name="Address">Its primary address by the audit; null if unknown.</param>
/// <param name="Problems">Why the account could not be made again; empty if that was not tried.</param>
public sealed record OwnerlessMailbox(string Username, string? Domain, string? Address, IReadOnlyList<Problem> Problems);

/// <summary>An account that was suspended by the restore; mail for it waits.</summary>
/// <param name="IsForeign">Another mailbox has its name; otherwise there is none.</param>
public sealed record HeldAccount(string Username, string Domain, bool IsForeign);

/// <summary>What a restore found, and did to the restored database before the panel uses it.</summary>
public sealed record RestoreFindings
{
    /// <summary>Browsers that were signed in.</summary>
    public int Sessions { get; set; }

    /// <summary>One-time links that were waiting.</summary>
    public int Links { get; set; }

    /// <summary>Bearer tokens, which work as they did at the time of the backup.</summary>
    public int Tokens { get; set; }

    public List<PassedNumbers> Passed { get; } = [];

    /// <summary>Usernames that were given after the backup and have no mailbox; nobody gets them.</summary>
    public List<string> Retired { get; } = [];

    /// <summary>Accounts that were made again for their mailboxes.</summary>
    public List<OwnerlessMailbox> Adopted { get; } = [];

    public List<OwnerlessMailbox> Ownerless { get; } = [];

    public List<HeldAccount> Held { get; } = [];

    /// <summary>Accounts that were deleted after the backup, and are deleted again.</summary>
    public List<string> Deleted { get; } = [];

    /// <summary>Accounts that were deleted before the backup and restored after it, and are restored again.</summary>
    public List<string> Restored { get; } = [];

    /// <summary>Deleted accounts whose mailboxes are kept for the full time again.</summary>
    public List<string> KeptLonger { get; } = [];

    /// <summary>Changes that were made after the backup, and are not in it.</summary>
    public IReadOnlyList<AuditEvent> Later { get; set; } = [];
}
