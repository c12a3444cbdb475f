namespace MailAdmin.Core.Drift;

/// <summary>One complete comparison, on any node.</summary>
public sealed class DriftRun
{
    public long Id { get; set; }

    public DriftPhase Phase { get; set; }

    public DateTimeOffset StartedAt { get; set; }

    /// <summary>When the run last reported progress: a run that stays silent has died.</summary>
    public DateTimeOffset SeenAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>Number of accounts compared so far.</summary>
    public long Done { get; set; }

    /// <summary>Number of accounts to compare.</summary>
    public long Total { get; set; }

    public long FindingCount { get; set; }

    /// <summary>The host whose maps were compared; null if the run's node has none.</summary>
    public string? Host { get; set; }

    /// <summary>Why it could not be finished, as the server's own message.</summary>
    public string? Error { get; set; }
}

public enum DriftPhase
{
    /// <summary>Requested; a node with servers begins within seconds.</summary>
    Requested,

    Mailboxes,

    Scripts,

    Maps,

    Finished,

    /// <summary>It ended early: its findings are valid, the rest is unknown.</summary>
    Failed,
}
