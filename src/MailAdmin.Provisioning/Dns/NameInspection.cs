using MailAdmin.Core.Dns;
using MailAdmin.Core.Domains;

namespace MailAdmin.Provisioning.Dns;

/// <summary>What the DNS has of one name of a domain, compared with what is wanted.</summary>
/// <param name="At">When it was asked.</param>
/// <param name="Authorities">The servers of the zone that were asked; empty if the resolver was.</param>
/// <param name="Server">A server that answered, or null if none did.</param>
public sealed record NameInspection(
    DomainName Name, DateTimeOffset At, IReadOnlyList<string> Authorities, string? Server, IReadOnlyList<RecordFinding> Records)
{
    /// <summary>
    /// When the last cache has forgotten the MX records that were here before, as far as this panel saw them change; null if it did not.
    /// </summary>
    public DateTimeOffset? FormerMxForgottenAt { get; init; }

    public bool IsRight => Records.All(r => r.State == RecordState.Right);

    public bool IsUnknown => Records.Any(r => r.State == RecordState.Unknown);

    /// <summary>The MX records; null if it is unknown which are wanted.</summary>
    public RecordFinding? Mx => Records.FirstOrDefault(r => r.Wanted.Purpose == DnsPurpose.Mx);

    /// <summary>When the last cache forgets what was found, if it is changed now; null if that is unknown.</summary>
    public DateTimeOffset? ForgottenAt(RecordFinding finding) => finding.TimeToLive is { } kept ? At + kept : null;
}
