namespace MailAdmin.Core.Audit;

/// <summary>What is wrong with a part of the audit.</summary>
public enum AuditFaultKind
{
    /// <summary>The event does not follow from the one before it: it was edited or moved, or the one before was.</summary>
    Edited,

    /// <summary>Events were deleted.</summary>
    Missing,

    /// <summary>Events that the panel did not write.</summary>
    Inserted,

    /// <summary>The latest events were deleted.</summary>
    CutOff,

    /// <summary>The latest event is not the one that the panel wrote.</summary>
    EndDiffers,

    /// <summary>The event is not the one whose hash was noted: it or something before it was changed, and the chain made anew.</summary>
    Rewritten,
}

/// <param name="First">Id of the first event concerned.</param>
/// <param name="Last">Id of the last one.</param>
public sealed record AuditFault(AuditFaultKind Kind, long First, long Last);

/// <param name="Count">Events read.</param>
/// <param name="Head">The end of the chain, to be noted elsewhere.</param>
/// <param name="Faults">In order, at most <see cref="MaxFaults"/> of them.</param>
/// <param name="FaultCount">All of them.</param>
public sealed record AuditReport(long Count, AuditHead Head, IReadOnlyList<AuditFault> Faults, long FaultCount)
{
    public const int MaxFaults = 100;

    public bool IsWhole => FaultCount == 0;
}
