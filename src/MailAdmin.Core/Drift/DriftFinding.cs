using MailAdmin.Core.Accounts;
using MailAdmin.Core.Routing;

namespace MailAdmin.Core.Drift;

/// <summary>A difference between the database and a server.</summary>
public sealed class DriftFinding
{
    public long Id { get; set; }

    public long RunId { get; set; }

    public DriftKind Kind { get; set; }

    /// <summary>The account concerned, or null.</summary>
    public long? AccountId { get; set; }

    /// <summary>A-labels of its domain, or null.</summary>
    public string? Domain { get; set; }

    /// <summary>Username, mailbox or key.</summary>
    public required string Subject { get; set; }

    /// <summary>The map concerned, or null.</summary>
    public PostfixMap? Map { get; set; }

    /// <summary>The mail host whose maps were read, or null.</summary>
    public string? Host { get; set; }

    /// <summary>The database's state: KiB, folders, rights, a value; null for nothing.</summary>
    public string? Wanted { get; set; }

    /// <summary>The server's state, in the same form.</summary>
    public string? Found { get; set; }

    /// <summary>The id of the mailbox that was found; null if there was none, or it does not matter.</summary>
    public MailboxId? MailboxId { get; set; }

    /// <summary>When somebody requested the repair, or null. The repair itself may still be under way.</summary>
    public DateTimeOffset? RepairedAt { get; set; }
}

/// <summary>The kinds of differences.</summary>
public enum DriftKind
{
    /// <summary>The account has no mailbox.</summary>
    MailboxMissing,

    /// <summary>The mailbox exists, but the account is still marked as not ready.</summary>
    MailboxNotRecorded,

    /// <summary>The mailbox lacks folders of its domain; its owner may have deleted them.</summary>
    FoldersMissing,

    /// <summary>The server has another limit.</summary>
    QuotaDiffers,

    /// <summary>The owner lacks rights in their own mailbox.</summary>
    RightsMissing,

    /// <summary>An orphaned mailbox: no account has its name. It may contain mail.</summary>
    MailboxOrphaned,

    /// <summary>The vacation is on, but its script is not the active one.</summary>
    ScriptInactive,

    /// <summary>The map lacks the key.</summary>
    MapRowMissing,

    /// <summary>The map has another value.</summary>
    MapRowDiffers,

    /// <summary>The map has a key that it should not have.</summary>
    MapRowExtra,

    /// <summary>An account of another domain, every user, or an unknown name has rights in the mailbox.</summary>
    RightsForeign,

    /// <summary>The user's own script redirects mail to other hosts, which the domain forbids.</summary>
    ScriptForwards,

    /// <summary>The user's own script answers from an address that is not the user's.</summary>
    ScriptSender,

    /// <summary>Another mailbox exists under the name of the account's.</summary>
    MailboxForeign,
}

/// <summary>The direction in which a difference is repaired.</summary>
public enum DriftRepair
{
    /// <summary>The server is changed to match the database.</summary>
    Server,

    /// <summary>The database takes over the server's state.</summary>
    Database,
}

public static class DriftRepairs
{
    /// <summary>The possible directions. An orphaned mailbox can only be deleted individually, after its own confirmation.</summary>
    public static IReadOnlyList<DriftRepair> Of(DriftKind kind) => kind switch
    {
        DriftKind.QuotaDiffers => [DriftRepair.Server, DriftRepair.Database],
        DriftKind.MailboxOrphaned or DriftKind.MailboxForeign => [],
        _ => [DriftRepair.Server],
    };
}
