using System.Net;

namespace MailAdmin.Core.Dns;

/// <summary>A host that an MX record names, as the DNS knows it.</summary>
/// <param name="Alias">The name that it stands for; null if it is no alias.</param>
/// <param name="IsKnown">Whether the DNS answered.</param>
public sealed record MxTarget(string Name, IReadOnlyList<IPAddress> Addresses, string? Alias = null, bool IsKnown = true);

/// <summary>Compares the MX records of a name with the hosts that should receive its mail.</summary>
public static class MxComparison
{
    /// <param name="wanted">Our hosts.</param>
    /// <param name="answer">The answer to the question for MX records.</param>
    /// <param name="targets">The hosts that it names, each once.</param>
    /// <param name="own">The addresses of our hosts.</param>
    /// <param name="former">The server that the domain's mail is handed on to, or null.</param>
    public static RecordFinding Of(
        WantedRecord wanted, DnsAnswer answer, IReadOnlyList<MxTarget> targets, IReadOnlySet<IPAddress> own, string? former)
    {
        if (!answer.IsKnown) return RecordFinding.Unknown(wanted, answer);
        var found = answer.Of(DnsType.Mx).OrderBy(r => r.Preference).ThenBy(r => r.Data, StringComparer.Ordinal).ToList();
        if (found.Count == 0) return Finding(RecordState.Missing, RecordRemark.Missing);
        if (found.TrueForAll(r => r.Data.Length == 0)) return Finding(RecordState.Differs, RecordRemark.RefusesMail);
        var names = wanted.Records.Select(r => r.Data).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var ours = found.Where(r => names.Contains(r.Data) || IsOurs(TargetOf(r))).ToList();
        if (ours.Count == 0) return Elsewhere();
        if (ours.Select(TargetOf).FirstOrDefault(t => t?.Alias is not null) is { } alias)
            return Finding(RecordState.Differs, RecordRemark.TargetIsAlias, alias.Name);
        if (ours.Select(TargetOf).FirstOrDefault(t => t is { IsKnown: true, Addresses.Count: 0 }) is { } unknown)
            return Finding(RecordState.Differs, RecordRemark.TargetUnknown, unknown.Name);
        if (found.Except(ours).FirstOrDefault() is { } other) return Finding(RecordState.AlsoOthers, RecordRemark.AlsoOthers, other.Data);
        return ours.Find(r => !names.Contains(r.Data)) is { } renamed
            ? Finding(RecordState.Right, RecordRemark.RightByAddress, renamed.Data) : Finding(RecordState.Right, RecordRemark.Right);

        RecordFinding Elsewhere() => found.Find(r => string.Equals(r.Data, former, StringComparison.OrdinalIgnoreCase)) is { } old
            ? Finding(RecordState.Differs, RecordRemark.FormerServer, old.Data)
            : Finding(RecordState.Differs, RecordRemark.Other, found[0].Data);

        MxTarget? TargetOf(DnsRecord record) => targets.FirstOrDefault(t => t.Name == record.Data);

        bool IsOurs(MxTarget? target) => target is { Addresses.Count: > 0 } && target.Addresses.All(own.Contains);

        RecordFinding Finding(RecordState state, RecordRemark remark, string? subject = null) =>
            new(wanted, state, remark, found, subject, answer.TimeToLive);
    }
}
