namespace MailAdmin.Core.Dns;

/// <summary>How what was found compares with what is wanted.</summary>
public enum RecordState
{
    Right,
    Missing,
    Differs,

    /// <summary>What is wanted is there, and other records beside it that lead mail elsewhere.</summary>
    AlsoOthers,

    /// <summary>Nobody answered.</summary>
    Unknown,
}

/// <summary>What exactly was found; with the purpose it chooses the sentence.</summary>
public enum RecordRemark
{
    Right,
    Missing,

    /// <summary>Another value.</summary>
    Other,

    /// <summary>Names of others that lead to our hosts.</summary>
    RightByAddress,

    /// <summary>Mail goes to the server that this domain is relayed to.</summary>
    FormerServer,

    /// <summary>Mail goes to us and to others.</summary>
    AlsoOthers,

    /// <summary>MX "." (RFC 7505).</summary>
    RefusesMail,

    /// <summary>The MX names an alias, which it must not (RFC 2181, section 10.3).</summary>
    TargetIsAlias,

    /// <summary>The host that the MX names does not exist.</summary>
    TargetUnknown,

    /// <summary>More than one record where only one may be.</summary>
    Several,

    /// <summary>SPF does not allow our host to send.</summary>
    NotAllowed,

    /// <summary>SPF needs more than ten lookups (RFC 7208, section 4.6.4).</summary>
    TooManyLookups,

    /// <summary>The record can't be understood.</summary>
    Malformed,

    /// <summary>The server answered with a failure.</summary>
    Failed,

    /// <summary>No server answered in time.</summary>
    Silent,

    /// <summary>This panel asks no DNS server.</summary>
    NotAsked,
}

/// <summary>A wanted record, and what the DNS has instead.</summary>
/// <param name="Found">The records of the wanted type; for SPF and DMARC those alone.</param>
/// <param name="Subject">The name or the words that the sentence is about; null if it is about none.</param>
/// <param name="TimeToLive">How long caches keep what was found, or that nothing was; null if that is unknown.</param>
public sealed record RecordFinding(
    WantedRecord Wanted, RecordState State, RecordRemark Remark, IReadOnlyList<DnsRecord> Found, string? Subject = null,
    TimeSpan? TimeToLive = null)
{
    /// <summary>
    /// What should be there instead. SPF records are merged with ours, so that the others who send for the domain may go on.
    /// </summary>
    public IReadOnlyList<DnsRecord> Proposed => Wanted.Purpose == DnsPurpose.Spf && Found.Count > 0 && Remark != RecordRemark.Malformed
        ? [Wanted.Records[0] with { Data = SpfRecord.Merged(Wanted.Records[0].Data, [.. Found.Select(f => f.Data)]) }] : Wanted.Records;

    /// <summary>For an answer that does not say what there is.</summary>
    public static RecordFinding Unknown(WantedRecord wanted, DnsAnswer answer) => new(wanted, RecordState.Unknown, answer.Outcome switch
    {
        DnsOutcome.Failed => RecordRemark.Failed,
        DnsOutcome.NotAsked => RecordRemark.NotAsked,
        _ => RecordRemark.Silent,
    }, [], answer.Failure ?? answer.Server);
}
