using MailAdmin.Core.Addresses;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Redirects;

namespace MailAdmin.Core.Accounts;

/// <summary>A mail account: one mailbox, one username, one or more addresses.</summary>
public sealed class Account : IVersioned
{
    public long Id { get; set; }

    public long DomainId { get; set; }

    public MailDomain? Domain { get; set; }

    public required Username Username { get; set; }

    /// <summary>The name of the person who uses it, as people write it; null if nobody said.</summary>
    public string? PersonName { get; set; }

    /// <summary>A crypt(3) string; see <c>PasswordHash</c>.</summary>
    public required string PasswordHash { get; set; }

    public DateTimeOffset PasswordChangedAt { get; set; }

    /// <summary>Null means no limit.</summary>
    public Quota? Quota { get; set; }

    public MailProtocols Services { get; set; } = MailProtocols.All;

    public AccountState State { get; set; }

    /// <summary>While suspended: true defers mail with 4xx so that senders keep it, false refuses it.</summary>
    public bool HoldsMail { get; set; }

    /// <summary>For a deleted account: it is restored as suspended.</summary>
    public bool WasSuspended { get; set; }

    public DateTimeOffset? DeletedAt { get; set; }

    /// <summary>When a deleted account's mailbox is removed for good.</summary>
    public DateTimeOffset? PurgeAt { get; set; }

    /// <summary>The mailbox has been created, with its rights and quota. Until then the addresses answer 450.</summary>
    [ServerState]
    public bool MailboxReady { get; set; }

    /// <summary>
    /// Identifies the account's mailbox on the server. Null if the account was created before this was recorded; it is recorded the next
    /// time the worker finds the mailbox.
    /// </summary>
    [ServerState]
    public MailboxId? MailboxId { get; set; }

    /// <summary>What the worker still has to do to a mailbox that the account took over.</summary>
    public TakeOver TakeOver { get; set; }

    /// <summary>The server's own message about default folders that it refused, or null.</summary>
    [ServerState]
    public string? FolderRefusal { get; set; }

    /// <summary>Usage had reached the quota when it was last checked: the addresses answer 452.</summary>
    [ServerState]
    public bool IsFull { get; set; }

    [ServerState]
    public DateTimeOffset? LastLoginAt { get; set; }

    [ServerState]
    public MailProtocols LastLoginService { get; set; }

    /// <summary>
    /// An address of the account with which a user tried to log in to a service that accepts only the username; null if none did.
    /// </summary>
    public string? TriedAddress { get; set; }

    public DateTimeOffset? TriedAddressAt { get; set; }

    public MailProtocols TriedAddressService { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public List<MailAddress> Addresses { get; set; } = [];

    /// <summary>Null if its mail is not redirected.</summary>
    public AccountRedirect? Redirect { get; set; }

    public long Version { get; set; }
}

public enum AccountState
{
    Active,

    /// <summary>No login and no mail; everything is kept.</summary>
    Suspended,

    /// <summary>Hidden until it is purged or restored.</summary>
    Deleted,
}

/// <summary>What is removed before a mailbox that belonged to somebody else becomes the account's.</summary>
[Flags]
public enum TakeOver
{
    None = 0,

    /// <summary>All rights in the mailbox and its folders are removed, except the owner's.</summary>
    RemoveRights = 1,

    /// <summary>The active script is deactivated. The scripts themselves are kept.</summary>
    StopScript = 2,
}

/// <summary>A username that has been used; it is never given again. The worker removes its mailbox.</summary>
public sealed class RetiredUsername
{
    public long Id { get; set; }

    public required Username Username { get; set; }

    /// <summary>The mailbox that is removed with it; another mailbox of that name is kept. Null if it was never recorded.</summary>
    public MailboxId? MailboxId { get; set; }

    public long StoreId { get; set; }

    public DateTimeOffset RetiredAt { get; set; }
}
