using MailAdmin.Core.Accounts;
using MailAdmin.Provisioning.Servers;

namespace MailAdmin.Provisioning.Cyrus;

/// <summary>The step during which Cyrus refused.</summary>
public enum CyrusStep
{
    /// <summary>Deriving the mailbox's name from the username.</summary>
    Name,

    /// <summary>Creating the mailbox itself.</summary>
    Create,

    /// <summary>Reading or granting rights.</summary>
    Rights,

    /// <summary>Setting the quota, or reading it back.</summary>
    Quota,

    /// <summary>Creating a default folder.</summary>
    Folders,

    /// <summary>Signing in as the owner, or subscribing to a default folder.</summary>
    Subscriptions,

    /// <summary>Deleting the mailbox.</summary>
    Remove,

    /// <summary>Ending open sessions.</summary>
    SignOut,

    /// <summary>Asking for the identity of the mailbox that has the account's name.</summary>
    Identity,

    /// <summary>Connecting, and signing in as the administrator or as the owner.</summary>
    SignIn,
}

/// <summary>Cyrus answered NO (RFC 3501): an immediate retry is useless. The connection is fine, and later steps were not tried.</summary>
public sealed class CyrusRefusedException(CyrusStep step, string words, Exception? inner = null)
    : ServerRefusedException($"{step}: {words}", inner)
{
    public CyrusStep Step { get; } = step;

    /// <summary>The server's own words, shown to the admin unchanged.</summary>
    public string ResponseText { get; } = words;
}

/// <summary>
/// Another mailbox has the name of the account's mailbox: a previous owner's, one that was made by hand, or one that another installation
/// made. The panel does nothing to it.
/// </summary>
public sealed class ForeignMailboxException(Username username, MailboxId own, MailboxId found)
    : Exception($"The mail server has a mailbox named {username} that is not this account's: it has the MAILBOXID {found}, not {own}")
{
    public MailboxId Found { get; } = found;
}

/// <summary>The account had a mailbox, and the mailbox is gone.</summary>
internal sealed class MissingMailboxException(Username username) : Exception($"The mailbox of {username} is gone from the mail server");

/// <summary>Cyrus can't be asked.</summary>
public sealed class CyrusUnavailableException(string message, Exception? inner = null) : ServerUnavailableException(message, inner);
