using System.Net;

namespace MailAdmin.Core.Dns;

/// <summary>What a receiver concludes from SPF.</summary>
public enum SpfVerdict
{
    /// <summary>The domain has no SPF record.</summary>
    None,
    Pass,
    Neutral,
    SoftFail,
    Fail,

    /// <summary>More than one record, all of which receivers ignore.</summary>
    Several,
    TooManyLookups,
    Malformed,

    /// <summary>A question was not answered.</summary>
    Unknown,
}

/// <summary>
/// Evaluates a domain's SPF record as a receiver does (RFC 7208, section 4): for one sending address, through all includes and redirects.
/// Macros are not expanded, because what they stand for depends on the message: such a mechanism does not match.
/// </summary>
/// <param name="lookup">Answers the questions.</param>
/// <param name="authorities">Who is asked for the domain's own record.</param>
/// <param name="address">The host that sends.</param>
/// <param name="trusted">A name that lists the hoster's hosts: including it counts as a match, whatever it lists. Null for none.</param>
public sealed class SpfEvaluator(IDnsLookup lookup, DnsAuthorities authorities, IPAddress address, string? trusted)
{
    /// <summary>Section 4.6.4.</summary>
    private const int MostLookups = 10;

    private string? _own;
    private int _lookups;

    /// <param name="domain">In A-labels.</param>
    public async Task<SpfVerdict> EvaluateAsync(string domain, CancellationToken cancellationToken)
    {
        (_own, _lookups) = (domain, 0);
        return await WalkAsync(domain, cancellationToken);
    }

    private async Task<SpfVerdict> WalkAsync(string domain, CancellationToken cancellationToken)
    {
        var answer = await lookup.AskAsync(domain, DnsType.Txt, AuthoritiesOf(domain), cancellationToken);
        if (!answer.IsKnown) return SpfVerdict.Unknown;
        var texts = answer.Of(DnsType.Txt).Where(r => SpfRecord.IsOne(r.Data)).ToList();
        if (texts.Count != 1) return texts.Count == 0 ? SpfVerdict.None : SpfVerdict.Several;
        if (!SpfRecord.TryParse(texts[0].Data, out var record)) return SpfVerdict.Malformed;
        foreach (var term in record.Terms)
        {
            if (await MatchAsync(term, domain, cancellationToken) is { } verdict)
                return verdict == SpfVerdict.Pass ? term.Verdict : verdict;
        }
        return record.Redirect is { } other ? await RedirectAsync(other, cancellationToken) : SpfVerdict.Neutral;
    }

    private async Task<SpfVerdict> RedirectAsync(string domain, CancellationToken cancellationToken)
    {
        if (IsTrusted(domain)) return SpfVerdict.Pass;
        if (++_lookups > MostLookups) return SpfVerdict.TooManyLookups;
        if (HasMacro(domain)) return SpfVerdict.Neutral;
        var verdict = await WalkAsync(domain, cancellationToken);
        return verdict == SpfVerdict.None ? SpfVerdict.Malformed : verdict;
    }

    /// <returns>Null if the mechanism does not match; <see cref="SpfVerdict.Pass"/> if it does; else why the evaluation ends.</returns>
    private async Task<SpfVerdict?> MatchAsync(SpfTerm term, string domain, CancellationToken cancellationToken)
    {
        if (term.Name == "all") return SpfVerdict.Pass;
        if (term.Name is "ip4" or "ip6") return InNetwork(term);
        if (term.Name == "include" && IsTrusted(term.Value!)) return SpfVerdict.Pass;
        if (++_lookups > MostLookups) return SpfVerdict.TooManyLookups;
        var host = term.Value ?? domain;
        if (term.Name == "ptr" || HasMacro(host)) return null;
        return term.Name switch
        {
            "include" => await IncludeAsync(host, cancellationToken),
            "mx" => await MxAsync(host, term, cancellationToken),
            "exists" => await ExistsAsync(host, cancellationToken),
            _ => await HostAsync(host, term, cancellationToken),
        };
    }

    // Section 5.2: only a pass matches, and a domain without a record is an error.
    private async Task<SpfVerdict?> IncludeAsync(string domain, CancellationToken cancellationToken) =>
        await WalkAsync(domain, cancellationToken) switch
        {
            SpfVerdict.Pass => SpfVerdict.Pass,
            SpfVerdict.None => SpfVerdict.Malformed,
            SpfVerdict.Fail or SpfVerdict.SoftFail or SpfVerdict.Neutral => null,
            var error => error,
        };

    private async Task<SpfVerdict?> MxAsync(string domain, SpfTerm term, CancellationToken cancellationToken)
    {
        var answer = await lookup.AskAsync(domain, DnsType.Mx, AuthoritiesOf(domain), cancellationToken);
        if (!answer.IsKnown) return SpfVerdict.Unknown;
        foreach (var host in answer.Of(DnsType.Mx).Where(r => r.Data.Length > 0).OrderBy(r => r.Preference).Take(MostLookups))
        {
            if (await HostAsync(host.Data, term, cancellationToken) is { } verdict) return verdict;
        }
        return null;
    }

    private async Task<SpfVerdict?> HostAsync(string host, SpfTerm term, CancellationToken cancellationToken)
    {
        var type = IsVersion4 ? DnsType.A : DnsType.Aaaa;
        var answer = await lookup.AskAsync(host, type, AuthoritiesOf(host), cancellationToken);
        if (!answer.IsKnown) return SpfVerdict.Unknown;
        var prefix = IsVersion4 ? term.Prefix4 : term.Prefix6;
        return answer.Of(type).Any(r => IPAddress.TryParse(r.Data, out var one) && Covers(one, prefix)) ? SpfVerdict.Pass : null;
    }

    private async Task<SpfVerdict?> ExistsAsync(string host, CancellationToken cancellationToken)
    {
        var answer = await lookup.AskAsync(host, DnsType.A, DnsAuthorities.None, cancellationToken);
        return !answer.IsKnown ? SpfVerdict.Unknown : answer.Of(DnsType.A).Count > 0 ? SpfVerdict.Pass : null;
    }

    private SpfVerdict? InNetwork(SpfTerm term)
    {
        if (!IPAddress.TryParse(term.Value, out var network)) return SpfVerdict.Malformed;
        return network.AddressFamily == address.AddressFamily && Covers(network, term.Prefix4) ? SpfVerdict.Pass : null;
    }

    private bool Covers(IPAddress network, int prefix)
    {
        var (mine, theirs) = (address.GetAddressBytes(), network.GetAddressBytes());
        if (mine.Length != theirs.Length) return false;
        for (var bit = 0; bit < prefix; bit++)
        {
            if (((mine[bit / 8] ^ theirs[bit / 8]) & (0x80 >> (bit % 8))) != 0) return false;
        }
        return true;
    }

    private DnsAuthorities AuthoritiesOf(string name) => name == _own ? authorities : DnsAuthorities.None;

    private bool IsVersion4 => address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork;

    private bool IsTrusted(string domain) =>
        trusted is not null && string.Equals(domain.TrimEnd('.'), trusted, StringComparison.OrdinalIgnoreCase);

    private static bool HasMacro(string domain) => domain.Contains('%', StringComparison.Ordinal);
}
