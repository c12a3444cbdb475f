namespace MailAdmin.Core.Dns;

/// <summary>Asks the DNS. A question that nobody answers, or that is cancelled, has an answer that says so: nothing is thrown.</summary>
public interface IDnsLookup
{
    /// <summary>Whether the DNS may be asked at all.</summary>
    bool IsOn { get; }

    /// <summary>
    /// Finds the servers that keep the zone of a name. Their answers are the newest, with the whole time to live. Empty if they are not to
    /// be asked, or not found.
    /// </summary>
    Task<DnsAuthorities> FindAuthoritiesAsync(string name, CancellationToken cancellationToken);

    /// <summary>
    /// Asks one question. Aliases (CNAME) on the way are among the answer's records.
    /// </summary>
    /// <param name="name">In A-labels, without a final dot.</param>
    /// <param name="type">The type of the records.</param>
    /// <param name="authorities">The servers to ask; if they do not answer, and for an empty list, the resolver is asked.</param>
    Task<DnsAnswer> AskAsync(string name, DnsType type, DnsAuthorities authorities, CancellationToken cancellationToken);
}

/// <param name="Names">The servers' names.</param>
/// <param name="Addresses">Their addresses, each with its port.</param>
public sealed record DnsAuthorities(IReadOnlyList<string> Names, IReadOnlyList<System.Net.IPEndPoint> Addresses)
{
    /// <summary>Nobody: the resolver is asked.</summary>
    public static DnsAuthorities None { get; } = new([], []);
}

/// <summary>What came of a question.</summary>
public enum DnsOutcome
{
    Found,

    /// <summary>There is no such name, or no record of this type.</summary>
    Nothing,

    /// <summary>The server answered with a failure (SERVFAIL, REFUSED).</summary>
    Failed,

    /// <summary>No server answered in time.</summary>
    Silent,

    /// <summary>This panel asks no DNS server.</summary>
    NotAsked,
}

/// <param name="Records">All records of the answer, aliases included.</param>
/// <param name="Server">The server that answered, with its port; null if none did.</param>
public sealed record DnsAnswer(DnsOutcome Outcome, IReadOnlyList<DnsRecord> Records, string? Server = null)
{
    /// <summary>Whether the answer comes from a server of the zone, not from a cache.</summary>
    public bool IsAuthoritative { get; init; }

    /// <summary>What the server said instead of an answer: SERVFAIL, REFUSED.</summary>
    public string? Failure { get; init; }

    /// <summary>How long caches remember that there is nothing (RFC 2308, section 5); null if unknown.</summary>
    public TimeSpan? NothingFor { get; init; }

    /// <summary>Whether it is known what there is.</summary>
    public bool IsKnown => Outcome is DnsOutcome.Found or DnsOutcome.Nothing;

    public static DnsAnswer NotAsked { get; } = new(DnsOutcome.NotAsked, []);

    public static DnsAnswer Silent { get; } = new(DnsOutcome.Silent, []);

    /// <summary>The records of one type.</summary>
    public IReadOnlyList<DnsRecord> Of(DnsType type) => [.. Records.Where(r => r.Type == type)];

    /// <summary>How long caches keep this answer; null if it is not known.</summary>
    public TimeSpan? TimeToLive => Outcome switch
    {
        DnsOutcome.Found when Records.Count > 0 => Records.Max(r => r.TimeToLive),
        DnsOutcome.Nothing => NothingFor,
        _ => null,
    };
}
