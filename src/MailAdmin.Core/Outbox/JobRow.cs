using MailAdmin.Core.Domains;

namespace MailAdmin.Core.Outbox;

/// <summary>An unfinished job for display by pages and commands.</summary>
/// <param name="Subject">The username, or the name for a domain's removal; null if the subject no longer exists.</param>
/// <param name="Domain">Null for the mailbox of an account that no longer exists.</param>
/// <param name="IsHidden">The account is deleted and not purged yet, so it has no page.</param>
/// <param name="Error">The server's own message at the last attempt.</param>
/// <param name="DueAt">The job is not tried before this time.</param>
public sealed record JobRow(
    long Id, JobKind Kind, string? Subject, DomainName? Domain, bool IsHidden, JobPhase Phase, string? Error, int Attempts,
    DateTimeOffset CreatedAt, DateTimeOffset DueAt);

public enum JobPhase
{
    /// <summary>The server refused: an admin should look.</summary>
    Failed,

    /// <summary>A worker is carrying it out.</summary>
    Running,

    /// <summary>Waits for its turn, or for a server that is unavailable.</summary>
    Pending,
}

/// <param name="OldestAt">When the oldest unfinished job was created; null if there is none.</param>
/// <param name="OldestFailedAt">The same for jobs that a server refused.</param>
public sealed record JobCounts(int Pending, int Running, int Failed, DateTimeOffset? OldestAt, DateTimeOffset? OldestFailedAt)
{
    public int Total => Pending + Running + Failed;
}
