namespace MailAdmin.Core.Audit;

/// <summary>What is wrong in a part of the audit.</summary>
public enum AuditFaultKind
{
    /// <summary>The event's hash does not follow from the event before it: one of them was edited or moved.</summary>
    Edited,

    /// <summary>Events were deleted.</summary>
    Missing,

    /// <summary>Events were added that the panel did not write.</summary>
    Inserted,

    /// <summary>The latest events were deleted.</summary>
    CutOff,

    /// <summary>The latest event is not the one that the panel wrote.</summary>
    EndDiffers,

    /// <summary>The event's hash differs from the noted one: it or an earlier event was changed, and the chain was recomputed.</summary>
    Rewritten,
}

/// <param name="First">Id of the first event concerned.</param>
/// <param name="Last">Id of the last event concerned.</param>
public sealed record AuditFault(AuditFaultKind Kind, long First, long Last);

/// <param name="Count">Number of events read.</param>
/// <param name="Head">The end of the chain, to be noted elsewhere.</param>
/// <param name="Faults">In order, at most <see cref="MaxFaults"/> of them.</param>
/// <param name="FaultCount">The number of all faults.</param>
public sealed record AuditReport(long Count, AuditHead Head, IReadOnlyList<AuditFault> Faults, long FaultCount)
{
    public const int MaxFaults = 100;

    public bool IsWhole => FaultCount == 0;
}
