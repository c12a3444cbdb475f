using MailAdmin.Core.Accounts;
using MailAdmin.Core.Routing;

namespace MailAdmin.Core.Drift;

/// <summary>One difference between the database and a server, as it was seen.</summary>
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

    /// <summary>What the database says: KiB, folders, rights, a value; null is nothing.</summary>
    public string? Wanted { get; set; }

    /// <summary>What the server says, likewise.</summary>
    public string? Found { get; set; }

    /// <summary>Of the mailbox that was seen; null where none was, or where it does not matter.</summary>
    public MailboxId? MailboxId { get; set; }

    /// <summary>When somebody had it repaired, or null. What they asked for may still be under way.</summary>
    public DateTimeOffset? RepairedAt { get; set; }
}

/// <summary>What differs.</summary>
public enum DriftKind
{
    /// <summary>The account has no mailbox.</summary>
    MailboxMissing,

    /// <summary>The mailbox is there and the account is still shown as not ready.</summary>
    MailboxNotBooked,

    /// <summary>The mailbox lacks folders of its domain; its owner may have deleted them.</summary>
    FoldersMissing,

    /// <summary>The server's limit is another one.</summary>
    QuotaDiffers,

    /// <summary>The owner lacks rights in their own mailbox.</summary>
    RightsMissing,

    /// <summary>A mailbox of nobody: no account has its name. It may hold mail.</summary>
    MailboxOrphaned,

    /// <summary>The vacation is on, and its script is not what answers.</summary>
    ScriptInactive,

    /// <summary>The map lacks the key.</summary>
    MapRowMissing,

    /// <summary>The map has another value.</summary>
    MapRowDiffers,

    /// <summary>The map has a key that it should not have.</summary>
    MapRowExtra,

    /// <summary>Somebody of another domain, everybody, or a name of nobody has rights in the mailbox.</summary>
    RightsForeign,

    /// <summary>The user's own script sends mail outside, which the domain forbids.</summary>
    ScriptForwards,

    /// <summary>The user's own script answers from an address that is not the user's.</summary>
    ScriptSender,

    /// <summary>Another mailbox stands where the account's should be.</summary>
    MailboxForeign,
}

/// <summary>In which direction a difference is repaired.</summary>
public enum DriftRepair
{
    /// <summary>The server is made to match the database.</summary>
    Server,

    /// <summary>The database takes over what the server has.</summary>
    Database,
}

public static class DriftRepairs
{
    /// <summary>The directions that there are. A mailbox of nobody is deleted by itself alone, after its own question.</summary>
    public static IReadOnlyList<DriftRepair> Of(DriftKind kind) => kind switch
    {
        DriftKind.QuotaDiffers => [DriftRepair.Server, DriftRepair.Database],
        DriftKind.MailboxOrphaned or DriftKind.MailboxForeign => [],
        _ => [DriftRepair.Server],
    };
}
