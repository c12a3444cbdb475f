using System.Net;
using MailAdmin.Core.Dns;

namespace MailAdmin.Provisioning.Dns;

/// <summary>Asks what is needed to compare each wanted record of one name; all at the same time.</summary>
internal sealed class RecordQuestions(
    IDnsLookup lookup, DnsAuthorities authorities, DnsPolicy policy, string? former, CancellationToken limit)
{
    private Task<IReadOnlySet<IPAddress>>? _own;

    /// <summary>The answer about MX records; null if it was not asked for.</summary>
    public DnsAnswer? MxAnswer { get; private set; }

    /// <summary>A server that answered; null if none did.</summary>
    public string? Server { get; private set; }

    /// <summary>Whether servers of the zone itself answered.</summary>
    public bool IsAuthoritative { get; private set; }

    // Asked once for all records. Comparisons start one after the other, so no two begin it.
    private Task<IReadOnlySet<IPAddress>> Own => _own ??= OwnAddressesAsync();

    public Task<RecordFinding> CompareAsync(WantedRecord wanted) => wanted.Purpose switch
    {
        DnsPurpose.Mx => MxAsync(wanted),
        DnsPurpose.Spf => SpfAsync(wanted),
        DnsPurpose.Dkim => KeyAsync(wanted),
        DnsPurpose.Dmarc => PolicyAsync(wanted),
        DnsPurpose.ClientHost or DnsPurpose.Autoconfig => HostAsync(wanted),
        _ => ServiceAsync(wanted),
    };

    private async Task<RecordFinding> MxAsync(WantedRecord wanted)
    {
        var own = Own;
        var answer = MxAnswer = await AskAsync(wanted.Name, DnsType.Mx);
        var names = answer.Of(DnsType.Mx).Select(r => r.Data).Where(d => d.Length > 0).Distinct(StringComparer.Ordinal);
        var targets = await Task.WhenAll(names.Select(TargetAsync));
        return MxComparison.Of(wanted, answer, targets, await own, former);
    }

    private async Task<MxTarget> TargetAsync(string name)
    {
        var answers = await AddressesAsync(name);
        var alias = answers.SelectMany(a => a.Of(DnsType.Cname)).FirstOrDefault(r => r.Name == name);
        return new(name, AddressesIn(answers), alias?.Data, answers.Any(a => a.Outcome == DnsOutcome.Found) || answers.All(a => a.IsKnown));
    }

    // Each host that sends has to be allowed. With an include of the hoster's it does not matter which they are.
    private async Task<RecordFinding> SpfAsync(WantedRecord wanted)
    {
        var own = Own;
        var answer = await AskAsync(wanted.Name, DnsType.Txt);
        if (!answer.IsKnown) return RecordFinding.Unknown(wanted, answer);
        var addresses = await own;
        if (policy.SpfInclude is not null) addresses = new HashSet<IPAddress> { addresses.FirstOrDefault(IPAddress.None) };
        if (addresses.Count == 0 && answer.Of(DnsType.Txt).Any(r => SpfRecord.IsOne(r.Data)))
            return RecordFinding.Unknown(wanted, DnsAnswer.Silent);
        var verdict = addresses.Count == 0 ? SpfVerdict.None : SpfVerdict.Pass;
        foreach (var address in addresses)
        {
            verdict = await new SpfEvaluator(lookup, authorities, address, policy.SpfInclude).EvaluateAsync(wanted.Name, limit);
            if (verdict != SpfVerdict.Pass) break;
        }
        return RecordComparison.Spf(wanted, answer, verdict);
    }

    private async Task<RecordFinding> KeyAsync(WantedRecord wanted)
    {
        var key = lookup.AskAsync(wanted.Records[0].Data, DnsType.Txt, DnsAuthorities.None, limit);
        var answer = await AskAsync(wanted.Name, DnsType.Txt);
        return RecordComparison.Key(wanted, answer, (await key).Of(DnsType.Txt) is [var there, ..] ? there.Data : null);
    }

    private async Task<RecordFinding> PolicyAsync(WantedRecord wanted) =>
        RecordComparison.Policy(wanted, await AskAsync(wanted.Name, DnsType.Txt));

    private async Task<RecordFinding> HostAsync(WantedRecord wanted)
    {
        var host = AddressesAsync(wanted.Records[0].Data);
        var answer = await AskAsync(wanted.Name, DnsType.Cname);
        var addresses = answer.Outcome == DnsOutcome.Nothing ? AddressesIn(await AddressesAsync(wanted.Name)) : [];
        return RecordComparison.Host(wanted, answer, addresses, AddressesIn(await host).ToHashSet());
    }

    private async Task<RecordFinding> ServiceAsync(WantedRecord wanted) =>
        RecordComparison.Service(wanted, await AskAsync(wanted.Name, DnsType.Srv));

    private async Task<DnsAnswer> AskAsync(string name, DnsType type)
    {
        var answer = await lookup.AskAsync(name, type, authorities, limit);
        Server ??= answer.Server;
        IsAuthoritative |= answer.IsAuthoritative;
        return answer;
    }

    private async Task<IReadOnlySet<IPAddress>> OwnAddressesAsync()
    {
        var found = await Task.WhenAll(policy.MailExchangers.Select(host => AddressesAsync(host.Value)));
        return found.SelectMany(AddressesIn).ToHashSet();
    }

    private Task<DnsAnswer[]> AddressesAsync(string host) => Task.WhenAll(
        lookup.AskAsync(host, DnsType.A, DnsAuthorities.None, limit), lookup.AskAsync(host, DnsType.Aaaa, DnsAuthorities.None, limit));

    private static IReadOnlyList<IPAddress> AddressesIn(DnsAnswer[] answers) =>
        [.. answers.SelectMany(a => a.Records).Where(r => r.Type is DnsType.A or DnsType.Aaaa).Select(r => IPAddress.Parse(r.Data))];
}
