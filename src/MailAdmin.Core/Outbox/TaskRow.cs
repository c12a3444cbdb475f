using MailAdmin.Core.Domains;

namespace MailAdmin.Core.Outbox;

/// <summary>A task that is not done yet, as pages and commands show it.</summary>
/// <param name="Subject">The username, or for a domain's removal its name; null when what it is about is gone meanwhile.</param>
/// <param name="Domain">Null for the mailbox of an account that is gone.</param>
/// <param name="IsHidden">The account is deleted and not purged yet: it has no page.</param>
/// <param name="Error">The server's own words at the last attempt.</param>
/// <param name="DueAt">Not tried before.</param>
public sealed record TaskRow(
    long Id, OutboxKind Kind, string? Subject, DomainName? Domain, bool IsHidden, TaskPhase Phase, string? Error, int Attempts,
    DateTimeOffset CreatedAt, DateTimeOffset DueAt);

public enum TaskPhase
{
    /// <summary>The server said no: a person should look.</summary>
    Failed,

    /// <summary>Being done now.</summary>
    Running,

    /// <summary>Waits for its turn, or for a server that is away.</summary>
    Pending,
}

/// <param name="OldestAt">Since when the oldest of them waits; null when there is none.</param>
/// <param name="OldestFailedAt">The same of those that a server refused.</param>
public sealed record TaskCounts(int Pending, int Running, int Failed, DateTimeOffset? OldestAt, DateTimeOffset? OldestFailedAt)
{
    public int Total => Pending + Running + Failed;
}
