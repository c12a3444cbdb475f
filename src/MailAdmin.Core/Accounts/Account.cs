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

    /// <summary>A crypt(3) string; see <c>PasswordHash</c>.</summary>
    public required string PasswordHash { get; set; }

    public DateTimeOffset PasswordChangedAt { get; set; }

    /// <summary>Null is no limit.</summary>
    public Quota? Quota { get; set; }

    public MailProtocols Services { get; set; } = MailProtocols.All;

    public AccountState State { get; set; }

    /// <summary>While suspended: true answers 4xx so that senders keep their mail, false refuses it.</summary>
    public bool HoldsMail { get; set; }

    /// <summary>Of a deleted account: it comes back suspended.</summary>
    public bool WasSuspended { get; set; }

    public DateTimeOffset? DeletedAt { get; set; }

    /// <summary>From when a deleted account's mailbox goes for good.</summary>
    public DateTimeOffset? PurgeAt { get; set; }

    /// <summary>The mailbox was made, with its rights and quota. Until then the addresses answer 450.</summary>
    [ServerState]
    public bool MailboxReady { get; set; }

    /// <summary>
    /// Identifies its mailbox on the server. Null: the account was made before this was recorded; it is recorded when the mailbox is met
    /// the next time.
    /// </summary>
    [ServerState]
    public MailboxId? MailboxId { get; set; }

    /// <summary>What the worker still has to do to a mailbox that the account took over.</summary>
    public TakeOver TakeOver { get; set; }

    /// <summary>The server's own words about default folders that it refused, or null.</summary>
    [ServerState]
    public string? FolderRefusal { get; set; }

    /// <summary>Usage reached the quota when last seen: the addresses answer 452.</summary>
    [ServerState]
    public bool IsFull { get; set; }

    [ServerState]
    public DateTimeOffset? LastLoginAt { get; set; }

    [ServerState]
    public MailProtocols LastLoginService { get; set; }

    /// <summary>
    /// An address of the account with which somebody tried to sign in to a service that takes the username alone; null where nobody did.
    /// </summary>
    public string? TriedAddress { get; set; }

    public DateTimeOffset? TriedAddressAt { get; set; }

    public MailProtocols TriedAddressService { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public List<MailAddress> Addresses { get; set; } = [];

    /// <summary>Null while its mail stays in its mailbox.</summary>
    public AccountRedirect? Redirect { get; set; }

    public long Version { get; set; }
}

public enum AccountState
{
    Active,

    /// <summary>No login, no mail; everything is kept.</summary>
    Suspended,

    /// <summary>Hidden until it is purged or brought back.</summary>
    Deleted,
}

/// <summary>What is cleared away before a mailbox that was somebody else's belongs to the account.</summary>
[Flags]
public enum TakeOver
{
    None = 0,

    /// <summary>Nobody but the owner keeps rights in the mailbox and its folders.</summary>
    RemoveRights = 1,

    /// <summary>No script stays active. The scripts themselves stay.</summary>
    StopScript = 2,
}

/// <summary>A username that was used once; nobody gets it again. Its mailbox is removed by the worker.</summary>
public sealed class RetiredUsername
{
    public long Id { get; set; }

    public required Username Username { get; set; }

    /// <summary>Of the mailbox that goes with it; another one of that name stays. Null where it was never recorded.</summary>
    public MailboxId? MailboxId { get; set; }

    public long StoreId { get; set; }

    public DateTimeOffset RetiredAt { get; set; }
}
