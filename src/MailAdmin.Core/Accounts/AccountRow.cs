using MailAdmin.Core.Addresses;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Sending;

namespace MailAdmin.Core.Accounts;

/// <summary>A row of the account list (manual, chapter 3).</summary>
/// <param name="Addresses">The primary address comes first.</param>
/// <param name="HoldsMail">While suspended: mail is deferred rather than refused.</param>
/// <param name="IsFull">New mail is deferred because the quota is reached.</param>
/// <param name="Job">The mailbox job that the worker has not finished yet, or null.</param>
/// <param name="SignOut">The job that has yet to end open sessions, or null.</param>
/// <param name="KeepsCopy">Whether its redirect keeps a copy in the mailbox; null if it has no redirect.</param>
/// <param name="Absence">Null if no vacation message is on.</param>
public sealed record AccountRow(
    long Id, Username Username, IReadOnlyList<LocalPart> Addresses, Quota? Quota, AccountState State, bool HoldsMail,
    MailProtocols Services,
    bool MailboxReady, bool IsFull, DateTimeOffset? LastLoginAt, MailProtocols LastLoginService, DateTimeOffset CreatedAt, long Version,
    JobState? Job, JobState? SignOut, bool? KeepsCopy, Absence? Absence)
{
    /// <summary>The sending limit that it reached last; it may have expired.</summary>
    public SendingStop? Stop { get; init; }

    public MailboxId? MailboxId { get; init; }

    /// <summary>The name of the person who uses it, or null.</summary>
    public string? PersonName { get; init; }

    /// <summary>The server's message about default folders that it refused, or null.</summary>
    public string? FolderRefusal { get; init; }

    /// <summary>The latest attempt to log in with an address where only the username is accepted; null if there was none.</summary>
    public TriedAddress? Tried { get; init; }

    public AccountMailbox Mailbox => new(Username, MailboxId);
}

/// <summary>An attempt to log in with an address to a service that accepts only the username.</summary>
public sealed record TriedAddress(string Address, MailProtocols Service, DateTimeOffset At);

/// <summary>The period of a vacation message: first and last day in the hoster's time zone, null for open ends.</summary>
/// <param name="IsSwitchedOff">Another program had deactivated the script when it was last checked.</param>
public sealed record Absence(DateOnly? From, DateOnly? Until, bool IsSwitchedOff)
{
    public bool Includes(DateOnly day) => !(day < From) && !(day > Until);
}

/// <summary>An account, and its domain.</summary>
public sealed record AccountReference(DomainName Domain, Username Username);

/// <summary>A deleted account that can still be restored.</summary>
public sealed record DeletedAccount(
    long Id, Username Username, IReadOnlyList<LocalPart> Addresses, DateTimeOffset DeletedAt, DateTimeOffset PurgeAt);

/// <summary>The columns of the account list.</summary>
public enum AccountSort
{
    /// <summary>In order of creation.</summary>
    Created,

    /// <summary>By the primary address.</summary>
    Address,

    Username,

    /// <summary>Accounts that never signed in come first.</summary>
    LastLogin,

    /// <summary>By the quota; no limit counts as the largest.</summary>
    Quota,

    /// <summary>In place, full, being created, suspended.</summary>
    State,
}

/// <param name="Refused">
/// The server refused, with the message <paramref name="ServerMessage"/>; otherwise it is unavailable or the work has not begun.
/// </param>
/// <param name="IsConflict">The server has a mailbox of that name that is not the account's.</param>
public sealed record JobState(bool Refused, int Attempts, string? ServerMessage, bool IsConflict = false);
