using System.Collections.Concurrent;
using MailAdmin.Core.Dns;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Hosters;

namespace MailAdmin.Provisioning.Dns;

/// <summary>
/// Inspects the DNS of a domain's names. It never takes longer than the deadline of the settings; what is not answered by then is unknown.
/// Results are kept for some seconds, so that many who look at once ask once.
/// </summary>
public sealed class DnsInspector
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(20);

    // "Check again" asks again, but not more often than this.
    private static readonly TimeSpan KeptAtLeast = TimeSpan.FromSeconds(1);

    private readonly IDnsLookup _lookup;
    private readonly DnsOptions _options;
    private readonly TimeProvider _clock;
    private readonly MxSightings _sightings = new();
    private readonly ConcurrentDictionary<string, Kept> _kept = new(StringComparer.Ordinal);

    /// <param name="lookup">Asks the DNS.</param>
    /// <param name="options">The deadline, and what is wanted.</param>
    /// <param name="host">The mail host's name.</param>
    /// <param name="clock">The time.</param>
    public DnsInspector(IDnsLookup lookup, DnsOptions options, MailHostNames host, TimeProvider clock)
    {
        (_lookup, _options, _clock) = (lookup, options, clock);
        Policy = options.ToPolicy(host.Hostname);
    }

    /// <summary>What is wanted of every domain.</summary>
    public DnsPolicy Policy { get; }

    /// <summary>Whether the panel asks DNS servers at all.</summary>
    public bool IsOn => _lookup.IsOn;

    /// <summary>Inspects one of a domain's names.</summary>
    /// <param name="name">Its own or another name.</param>
    /// <param name="hosts">The server names that the domain's users were given.</param>
    /// <param name="former">The server that the domain's mail is handed on to, or was before; null for none.</param>
    /// <param name="isFresh">Whether to ask again even if it was asked some seconds ago.</param>
    /// <param name="cancellationToken">Ends the wait, not the questions: others may wait for the same answers.</param>
    public Task<NameInspection> InspectAsync(
        DomainName name, ClientHosts hosts, string? former, bool isFresh, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        foreach (var (key, old) in _kept)
        {
            if (now - old.At > KeptFor) _kept.TryRemove(new(key, old));
        }
        var wanted = WantedRecords.Of(Policy, name, hosts);
        var asked = $"{name.Value} {hosts} {former}";
        if (isFresh && _kept.TryGetValue(asked, out var last) && now - last.At > KeptAtLeast) _kept.TryRemove(new(asked, last));
        var kept = _kept.GetOrAdd(asked, _ => new(now, new(() => AskAsync(name, wanted, former))));
        return kept.Inspection.Value.WaitAsync(cancellationToken);
    }

    /// <summary>Inspects all names of a domain, its own first.</summary>
    public async Task<IReadOnlyList<NameInspection>> InspectAllAsync(
        MailDomain domain, ClientHosts hosts, int most, bool isFresh, CancellationToken cancellationToken) =>
        await Task.WhenAll(NamesOf(domain).Take(most)
            .Select(name => InspectAsync(name, hosts, FormerOf(domain), isFresh, cancellationToken)));

    /// <summary>A domain's names that need records: its own, then the others in their order; none that is being removed.</summary>
    public static IEnumerable<DomainName> NamesOf(MailDomain domain) => domain.Aliases.Where(a => !a.IsBeingRemoved)
        .OrderBy(a => a.Name.Reading, StringComparer.Ordinal).Select(a => a.Name).Prepend(domain.Name);

    /// <summary>The host that a domain's mail is handed on to, or was before it was switched to this server.</summary>
    public static string? FormerOf(MailDomain domain) => NextHop.TryParse(domain.NextHop, out var hop, out _) ? hop.Host : null;

    private async Task<NameInspection> AskAsync(DomainName name, IReadOnlyList<WantedRecord> wanted, string? former)
    {
        using var limit = new CancellationTokenSource(_options.Deadline, _clock);
        var authorities = await _lookup.FindAuthoritiesAsync(name.Value, limit.Token);
        var questions = new RecordQuestions(_lookup, authorities, Policy, former, limit.Token);
        var found = await Task.WhenAll(wanted.Select(questions.CompareAsync));
        var now = _clock.GetUtcNow();
        return new(name, now, questions.IsAuthoritative ? authorities.Names : [], questions.Server, found)
        {
            FormerMxForgottenAt = questions.MxAnswer is { } mx ? _sightings.Add(name.Value, mx, now) : null,
        };
    }

    private sealed record Kept(DateTimeOffset At, Lazy<Task<NameInspection>> Inspection);
}
