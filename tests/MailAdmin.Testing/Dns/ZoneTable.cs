using MailAdmin.Core.Dns;

namespace MailAdmin.Testing.Dns;

/// <summary>
/// Answers from a table of records as a resolver does: aliases are followed and are part of the answer, and a name without a record of the
/// type is an answer too. For tests that are not about servers.
/// </summary>
public sealed class ZoneTable : IDnsLookup
{
    private readonly List<DnsRecord> _records = [];
    private readonly HashSet<string> _silent = new(StringComparer.Ordinal);

    public bool IsOn => true;

    /// <summary>How long each record is kept.</summary>
    public TimeSpan TimeToLive { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The number of questions so far.</summary>
    public int Questions { get; private set; }

    /// <param name="lines">Records such as <c>exemple.be MX 10 mail.example.org</c>; everything after TXT is the text.</param>
    public ZoneTable Add(params string[] lines)
    {
        foreach (var line in lines) _records.Add(Parse(line.Split(' ', 3)));
        return this;
    }

    public void Clear() => _records.Clear();

    /// <summary>From now on nobody answers questions for this name; an asterisk stands for all names.</summary>
    public void Silence(string name) => _silent.Add(name);

    public Task<DnsAuthorities> FindAuthoritiesAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult(new DnsAuthorities(["ns1.example.org"], []));

    public Task<DnsAnswer> AskAsync(string name, DnsType type, DnsAuthorities authorities, CancellationToken cancellationToken)
    {
        Questions++;
        if (_silent.Contains(name) || _silent.Contains("*")) return Task.FromResult(DnsAnswer.Silent);
        var found = new List<DnsRecord>();
        for (var at = name; at is not null;)
        {
            var here = _records.Where(r => r.Name == at).ToList();
            var alias = type == DnsType.Cname ? null : here.Find(r => r.Type == DnsType.Cname);
            found.AddRange(alias is null ? here.Where(r => r.Type == type) : [alias]);
            at = alias?.Data;
        }
        return Task.FromResult(new DnsAnswer(found.Count > 0 ? DnsOutcome.Found : DnsOutcome.Nothing, found, "192.0.2.53:53")
        {
            IsAuthoritative = authorities.Names.Count > 0,
            NothingFor = TimeToLive,
        });
    }

    private DnsRecord Parse(string[] parts)
    {
        var (type, rest) = (Enum.Parse<DnsType>(parts[1], ignoreCase: true), parts[2]);
        var words = rest.Split(' ');
        return type switch
        {
            DnsType.Mx => new(parts[0], type, words[1], TimeToLive) { Preference = Number(words[0]) },
            DnsType.Srv => new(parts[0], type, words[3], TimeToLive)
            {
                Preference = Number(words[0]),
                Weight = Number(words[1]),
                Port = Number(words[2]),
            },
            _ => new(parts[0], type, rest, TimeToLive),
        };
    }

    private static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
