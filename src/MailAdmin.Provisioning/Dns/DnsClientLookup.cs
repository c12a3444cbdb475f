using System.Net;
using DnsClient;
using DnsClient.Protocol;
using MailAdmin.Core.Dns;

namespace MailAdmin.Provisioning.Dns;

/// <summary>Asks real servers, over UDP, and over TCP if the answer is too long for that.</summary>
internal sealed class DnsClientLookup : IDnsLookup, IDisposable
{
    // No fragments on the way (the DNS flag day of 2020).
    private const int DatagramOctets = 1232;

    // Of a zone's servers, so many are asked before the resolver is.
    private const int MostAuthorities = 3;

    // However many pages ask at once, so many questions are under way.
    private const int MostQuestions = 64;

    private readonly DnsOptions _options;
    private readonly LookupClient _client;
    private readonly SemaphoreSlim _turns = new(MostQuestions);

    public DnsClientLookup(DnsOptions options)
    {
        _options = options;
        var told = options.Endpoints.Select(e => new NameServer(e)).ToArray();
        _client = new(Set(told.Length > 0 ? new LookupClientOptions(told) : new LookupClientOptions(), recursion: true));
    }

    public bool IsOn => true;

    public void Dispose() => _turns.Dispose();

    public Task<DnsAnswer> AskAsync(string name, DnsType type, DnsAuthorities authorities, CancellationToken cancellationToken) =>
        authorities.Addresses.Count == 0
            ? AskResolverAsync(name, type, cancellationToken) : AskZoneAsync(name, type, authorities, cancellationToken);

    public async Task<DnsAuthorities> FindAuthoritiesAsync(string name, CancellationToken cancellationToken)
    {
        if (!_options.AskAuthorities) return DnsAuthorities.None;
        var servers = await ServersOfAsync(name, cancellationToken);
        var hosts = servers.Take(MostAuthorities).ToList();
        var found = await Task.WhenAll(hosts.SelectMany(
            _ => (DnsType[])[DnsType.A, DnsType.Aaaa], (host, type) => AskResolverAsync(host, type, cancellationToken)));
        // IPv4 first: many machines have no way to IPv6.
        var addresses = found.SelectMany(a => a.Records).Where(r => r.Type is DnsType.A or DnsType.Aaaa).OrderBy(r => r.Type)
            .Select(r => new IPEndPoint(IPAddress.Parse(r.Data), DnsOptions.Port)).Take(MostAuthorities).ToList();
        return new(hosts, addresses);
    }

    // The name itself may be no zone: then the answer names the zone above it (RFC 2308, section 2.2).
    private async Task<IReadOnlyList<string>> ServersOfAsync(string name, CancellationToken cancellationToken)
    {
        var response = await QueryAsync(token => _client.QueryAsync(name, QueryType.NS, QueryClass.IN, token), cancellationToken);
        if (response is null) return [];
        var servers = NamesOf(response);
        if (servers.Count > 0 || response.Authorities.SoaRecords().FirstOrDefault() is not { } zone) return servers;
        response = await QueryAsync(token => _client.QueryAsync(zone.DomainName, QueryType.NS, QueryClass.IN, token), cancellationToken);
        return response is null ? [] : NamesOf(response);
    }

    private static List<string> NamesOf(IDnsQueryResponse response) => [.. response.Answers.NsRecords().Select(r => HostOf(r.NSDName))];

    private async Task<DnsAnswer> AskResolverAsync(string name, DnsType type, CancellationToken cancellationToken) => AnswerOf(
        await QueryAsync(token => _client.QueryAsync(name, TypeOf(type), QueryClass.IN, token), cancellationToken), isAuthoritative: false);

    // A server that is no longer one of the zone, or hands this name to others, does not answer with authority.
    private async Task<DnsAnswer> AskZoneAsync(string name, DnsType type, DnsAuthorities authorities, CancellationToken cancellationToken)
    {
        var servers = authorities.Addresses.Select(a => new NameServer(a)).ToArray();
        var response = await QueryAsync(token => _client.QueryServerAsync(
            servers, new DnsQuestion(name, TypeOf(type)), Set(new DnsQueryOptions(), recursion: false), token), cancellationToken);
        return response is { Header.HasAuthorityAnswer: true } ? AnswerOf(response, isAuthoritative: true)
            : await AskResolverAsync(name, type, cancellationToken);
    }

    /// <returns>Null if no server answered in time.</returns>
    private async Task<IDnsQueryResponse?> QueryAsync(
        Func<CancellationToken, Task<IDnsQueryResponse>> query, CancellationToken cancellationToken)
    {
        try
        {
            await _turns.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        try
        {
            return await query(cancellationToken);
        }
        // The library throws these if no server could be reached, or if what it said can't be read.
        catch (Exception e) when (e is DnsResponseException or DnsResponseParseException or OperationCanceledException or ArgumentException)
        {
            return null;
        }
        finally
        {
            _turns.Release();
        }
    }

    private static DnsAnswer AnswerOf(IDnsQueryResponse? response, bool isAuthoritative)
    {
        if (response is null) return DnsAnswer.Silent;
        var server = response.NameServer?.ToString();
        if (response.Header.ResponseCode is not (DnsHeaderResponseCode.NoError or DnsHeaderResponseCode.NotExistentDomain))
            return new(DnsOutcome.Failed, [], server) { Failure = CodeOf(response.Header.ResponseCode) };
        var records = response.Answers.Select(RecordOf).OfType<DnsRecord>().ToList();
        return new(records.Count > 0 ? DnsOutcome.Found : DnsOutcome.Nothing, records, server)
        {
            IsAuthoritative = isAuthoritative,
            NothingFor = response.Authorities.SoaRecords()
                .Select(s => (TimeSpan?)TimeSpan.FromSeconds(Math.Min(s.Minimum, s.InitialTimeToLive))).FirstOrDefault(),
        };
    }

    private static DnsRecord? RecordOf(DnsResourceRecord record)
    {
        var (name, kept) = (HostOf(record.DomainName), TimeSpan.FromSeconds(record.InitialTimeToLive));
        return record switch
        {
            ARecord a => new(name, DnsType.A, a.Address.ToString(), kept),
            AaaaRecord a => new(name, DnsType.Aaaa, a.Address.ToString(), kept),
            CNameRecord c => new(name, DnsType.Cname, HostOf(c.CanonicalName), kept),
            NsRecord n => new(name, DnsType.Ns, HostOf(n.NSDName), kept),
            TxtRecord t => new(name, DnsType.Txt, string.Concat(t.Text), kept),
            MxRecord m => new(name, DnsType.Mx, HostOf(m.Exchange), kept) { Preference = m.Preference },
            SrvRecord s => new(name, DnsType.Srv, HostOf(s.Target), kept) { Preference = s.Priority, Weight = s.Weight, Port = s.Port },
            _ => null,
        };
    }

    private static string HostOf(DnsString name) => name.Value.TrimEnd('.').ToLowerInvariant();

    private static QueryType TypeOf(DnsType type) => type switch
    {
        DnsType.A => QueryType.A,
        DnsType.Aaaa => QueryType.AAAA,
        DnsType.Cname => QueryType.CNAME,
        DnsType.Mx => QueryType.MX,
        DnsType.Ns => QueryType.NS,
        DnsType.Srv => QueryType.SRV,
        _ => QueryType.TXT,
    };

    private static string CodeOf(DnsHeaderResponseCode code) => code switch
    {
        DnsHeaderResponseCode.ServerFailure => "SERVFAIL",
        DnsHeaderResponseCode.Refused => "REFUSED",
        _ => code.ToString(),
    };

    private T Set<T>(T options, bool recursion) where T : DnsQueryOptions
    {
        (options.Timeout, options.Retries, options.Recursion) = (_options.Timeout, 1, recursion);
        (options.UseCache, options.UseRandomNameServer, options.ContinueOnEmptyResponse) = (false, false, false);
        options.ExtendedDnsBufferSize = DatagramOctets;
        return options;
    }
}

/// <summary>Asks nobody.</summary>
internal sealed class NoDnsLookup : IDnsLookup
{
    public bool IsOn => false;

    public Task<DnsAuthorities> FindAuthoritiesAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult(DnsAuthorities.None);

    public Task<DnsAnswer> AskAsync(string name, DnsType type, DnsAuthorities authorities, CancellationToken cancellationToken) =>
        Task.FromResult(DnsAnswer.NotAsked);
}
