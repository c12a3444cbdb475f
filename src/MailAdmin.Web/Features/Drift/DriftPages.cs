using MailAdmin.Core.Accounts;
using MailAdmin.Core.Data;
using MailAdmin.Core.Drift;
using MailAdmin.Provisioning.Cyrus;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Features.Drift;

/// <param name="Run">The latest comparison, or null before the first.</param>
/// <param name="Counts">The number of unrepaired findings, by kind.</param>
/// <param name="CanCompare">This process has servers; otherwise another node compares.</param>
public sealed record DriftPage(
    DriftRun? Run, IReadOnlyList<DriftCount> Counts, Page<DriftFinding>? Findings, DriftQuery Query, bool CanCompare)
{
    public bool IsRunning => Run is { Phase: not (DriftPhase.Finished or DriftPhase.Failed) };
}

/// <param name="TypedName">The name that was typed wrongly, or null.</param>
public sealed record DriftOrphanPage(DriftFinding Finding, string? TypedName);

/// <param name="Found">Null if there is no such mailbox any more, or if the server can't be asked.</param>
/// <param name="IsUnseen">The server can't be asked.</param>
public sealed record DriftAdoptionPage(long Finding, Username Username, ForeignMailbox? Found, bool IsUnseen, AdoptionForm Form);

/// <param name="Address">With its domain.</param>
/// <param name="Generate">The panel generates the password.</param>
public sealed record AdoptionForm(string? Address, string? Password, string? Confirmation, bool Generate);

/// <summary>Selects findings by kind: <c>?kind=quotaDiffers</c>.</summary>
public sealed class DriftQuery : PageQuery
{
    public string? Kind { get; init; }

    /// <summary>The requested kind; null, for all kinds, if it is missing or unknown.</summary>
    public DriftKind? Only => Enum.TryParse<DriftKind>(Kind, ignoreCase: true, out var kind) && Enum.IsDefined(kind) ? kind : null;

    public override QueryString Kept => Pair("kind", Only?.ToString()) + base.Kept;
}
