namespace MailAdmin.Core.Drift;

/// <summary>One comparison of everything, on whichever node.</summary>
public sealed class DriftRun
{
    public long Id { get; set; }

    public DriftPhase Phase { get; set; }

    public DateTimeOffset StartedAt { get; set; }

    /// <summary>When it last said that it goes on: one that stays silent has died.</summary>
    public DateTimeOffset SeenAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>Accounts compared so far.</summary>
    public long Done { get; set; }

    /// <summary>Accounts to be compared.</summary>
    public long Total { get; set; }

    public long FindingCount { get; set; }

    /// <summary>The maps of this host were compared; null where the run's node keeps none.</summary>
    public string? Host { get; set; }

    /// <summary>Why it could not be finished, in the server's own words.</summary>
    public string? Error { get; set; }
}

public enum DriftPhase
{
    /// <summary>Asked for; a node with servers begins within seconds.</summary>
    Requested,

    Mailboxes,

    Scripts,

    Maps,

    Finished,

    /// <summary>It ended early: what it found until then is true, the rest is not known.</summary>
    Failed,
}
