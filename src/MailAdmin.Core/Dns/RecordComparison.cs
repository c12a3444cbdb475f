using System.Net;

namespace MailAdmin.Core.Dns;

/// <summary>Compares all other records with what is wanted.</summary>
public static class RecordComparison
{
    private const string Dmarc = "v=DMARC1";

    /// <summary>SPF: what counts is whether our hosts may send, not how the record says it.</summary>
    public static RecordFinding Spf(WantedRecord wanted, DnsAnswer answer, SpfVerdict verdict)
    {
        if (!answer.IsKnown) return RecordFinding.Unknown(wanted, answer);
        var found = answer.Of(DnsType.Txt).Where(r => SpfRecord.IsOne(r.Data)).ToList();
        var (state, remark) = verdict switch
        {
            SpfVerdict.Pass => (RecordState.Right, RecordRemark.Right),
            SpfVerdict.None => (RecordState.Missing, RecordRemark.Missing),
            SpfVerdict.Several => (RecordState.Differs, RecordRemark.Several),
            SpfVerdict.TooManyLookups => (RecordState.Differs, RecordRemark.TooManyLookups),
            SpfVerdict.Malformed => (RecordState.Differs, RecordRemark.Malformed),
            SpfVerdict.Unknown => (RecordState.Unknown, RecordRemark.Silent),
            _ => (RecordState.Differs, RecordRemark.NotAllowed),
        };
        return new(wanted, state, remark, found, null, answer.TimeToLive);
    }

    /// <summary>DMARC (RFC 7489, section 6.6.3): one record, with a policy of the customer's choice.</summary>
    public static RecordFinding Policy(WantedRecord wanted, DnsAnswer answer)
    {
        if (!answer.IsKnown) return RecordFinding.Unknown(wanted, answer);
        var found = answer.Of(DnsType.Txt).Where(r => r.Data.StartsWith(Dmarc, StringComparison.OrdinalIgnoreCase)).ToList();
        var (state, remark) = found switch
        {
            [] => (RecordState.Missing, RecordRemark.Missing),
            [var one] when HasPolicy(one.Data) => (RecordState.Right, RecordRemark.Right),
            [_] => (RecordState.Differs, RecordRemark.Malformed),
            _ => (RecordState.Differs, RecordRemark.Several),
        };
        return new(wanted, state, remark, found, null, answer.TimeToLive);
    }

    /// <summary>A name that has to lead to a host: by an alias, or by that host's addresses.</summary>
    /// <param name="own">The addresses of the host.</param>
    public static RecordFinding Host(WantedRecord wanted, DnsAnswer answer, IReadOnlyList<IPAddress> addresses, IReadOnlySet<IPAddress> own)
    {
        if (!answer.IsKnown) return RecordFinding.Unknown(wanted, answer);
        var alias = answer.Of(DnsType.Cname);
        var found = alias.Count > 0 ? alias
            : addresses.Select(a => new DnsRecord(
                wanted.Name, a.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? DnsType.A : DnsType.Aaaa, a.ToString()))
                .ToList();
        if (found.Count == 0) return new(wanted, RecordState.Missing, RecordRemark.Missing, found, null, answer.TimeToLive);
        var isRight = alias.Any(wanted.Records[0].Says) || (addresses.Count > 0 && addresses.All(own.Contains));
        return new(
            wanted, isRight ? RecordState.Right : RecordState.Differs, isRight ? RecordRemark.Right : RecordRemark.Other, found, null,
            answer.TimeToLive);
    }

    /// <summary>DKIM: the alias that leads to the hoster's key, or the key itself.</summary>
    /// <param name="key">The hoster's key, as the DNS has it; null if that is unknown.</param>
    public static RecordFinding Key(WantedRecord wanted, DnsAnswer answer, string? key)
    {
        if (!answer.IsKnown) return RecordFinding.Unknown(wanted, answer);
        var found = answer.Of(DnsType.Cname) is { Count: > 0 } alias ? alias : answer.Of(DnsType.Txt);
        if (found.Count == 0) return new(wanted, RecordState.Missing, RecordRemark.Missing, found, null, answer.TimeToLive);
        var isRight = found.Any(
            r => wanted.Records[0].Says(r) || (r.Type == DnsType.Txt && key is not null && Plain(r.Data) == Plain(key)));
        return new(
            wanted, isRight ? RecordState.Right : RecordState.Differs, isRight ? RecordRemark.Right : RecordRemark.Other, found, null,
            answer.TimeToLive);
    }

    /// <summary>SRV: one of the records has to name the host and the port; a service that is not offered needs no record.</summary>
    public static RecordFinding Service(WantedRecord wanted, DnsAnswer answer)
    {
        if (!answer.IsKnown) return RecordFinding.Unknown(wanted, answer);
        var (found, want) = (answer.Of(DnsType.Srv), wanted.Records[0]);
        var (state, remark) = found.Count == 0
            ? want.Data.Length == 0 ? (RecordState.Right, RecordRemark.Right) : (RecordState.Missing, RecordRemark.Missing)
            : found.All(r => r.Data == want.Data && r.Port == want.Port)
                ? (RecordState.Right, RecordRemark.Right) : (RecordState.Differs, RecordRemark.Other);
        return new(wanted, state, remark, found, null, answer.TimeToLive);
    }

    private static bool HasPolicy(string text) => text.Split(';', StringSplitOptions.TrimEntries)
        .Any(tag => tag.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant() is "p=none" or "p=quarantine" or "p=reject");

    private static string Plain(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
}
