using MailAdmin.Core.Accounts;
using MailAdmin.Core.Domains;

namespace MailAdmin.Core.Takeovers;

/// <summary>
/// The rows of <c>virtual</c>, each of which has one of five meanings: an address of an account, a catch-all, an alias, an account's
/// forward, another name of a domain.
/// </summary>
internal sealed class WebCyradmVirtuals(IReadOnlyDictionary<string, WebCyradmAccount> accounts, List<TakeoverFinding> findings)
{
    private readonly Dictionary<string, List<string>> _addresses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _forwards = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _aliases = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _catchAlls = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _silent = new(StringComparer.Ordinal);

    public void Add(SourceRow row)
    {
        var (key, to) = (row["alias"].ToLowerInvariant(), row.List("dest").Select(d => d.ToLowerInvariant()).ToList());
        var owner = row["username"].ToLowerInvariant();
        var isAddress = key.IndexOf('@', StringComparison.Ordinal) > 0 && accounts.ContainsKey(owner)
            && (to.Count == 0 || (to is [var one] && one == owner));
        if (row.Number("status") == 0)
        {
            findings.Add(new(TakeoverFault.Off, key));
            // An account keeps such an address if it has no other, and takes no mail.
            if (isAddress && _silent.Add(owner)) _addresses.TryAdd("off " + owner, [key]);
        }
        else if (key.StartsWith('@')) AddDomain(key[1..], to, owner);
        else if (isAddress) ListOf(_addresses, owner).Add(key);
        else if (key.Contains('@', StringComparison.Ordinal) && !accounts.ContainsKey(key)) ListOf(_aliases, key).AddRange(to);
        else if (accounts.ContainsKey(key)) ListOf(_forwards, key).AddRange(to);
        else findings.Add(new(TakeoverFault.Orphan, key));
    }

    /// <summary>The domain that this one is another name of, or null.</summary>
    public string? TargetOf(string domain) => _names.GetValueOrDefault(domain);

    public bool HasAliases(string domain) => _aliases.Keys.Any(a => DomainOf(a) == domain);

    public List<DomainName> NamesOf(string domain) =>
        [.. _names.Where(n => n.Value == domain && !IsHosted(n.Key))
            .Select(n => DomainName.TryParse(n.Key, out var name) ? name : null).OfType<DomainName>()];

    public string? CatchAllOf(string domain) => _catchAlls.GetValueOrDefault(domain);

    /// <param name="hosted">The domains that are carried.</param>
    public (List<SourceAccount> Accounts, List<SourceAlias> Aliases) Resolve(HashSet<string> hosted)
    {
        var kept = new List<SourceAccount>();
        foreach (var account in accounts.Values.OrderBy(a => a.Username, StringComparer.Ordinal))
            if (!hosted.Contains(account.Domain)) findings.Add(new(TakeoverFault.Orphan, account.Username, account.Domain));
            else if (AccountOf(account, hosted) is { } one) kept.Add(one);
            else findings.Add(new(TakeoverFault.NoAddress, account.Username));
        var taken = kept.SelectMany(k => k.Addresses).ToHashSet(StringComparer.Ordinal);
        var aliases = new List<SourceAlias>();
        foreach (var (address, to) in _aliases)
        {
            if (taken.Contains(address)) findings.Add(new(TakeoverFault.Duplicate, address, string.Join(", ", to)));
            else if (!hosted.Contains(DomainOf(address))) findings.Add(new(TakeoverFault.Orphan, address, DomainOf(address)));
            else if (Known(address, to) is { Count: > 0 } known) aliases.Add(new(address, known));
        }
        return (kept, aliases);
    }

    private void AddDomain(string domain, List<string> to, string owner)
    {
        if (to is [['@', .. var target]]) _names[domain] = target;
        else if ((accounts.ContainsKey(owner) ? owner : to.FirstOrDefault(accounts.ContainsKey)) is { } holder
            && accounts[holder].Domain == domain) _catchAlls[domain] = holder;
        else findings.Add(new(TakeoverFault.CatchAllLeftOut, "@" + domain, string.Join(", ", to)));
    }

    private SourceAccount? AccountOf(WebCyradmAccount account, HashSet<string> hosted)
    {
        var all = _addresses.GetValueOrDefault(account.Username, []).Distinct(StringComparer.Ordinal).ToList();
        var own = all.Where(a => DomainOf(a) == account.Domain).ToList();
        foreach (var foreign in all.Except(own, StringComparer.Ordinal))
        {
            findings.Add(new(TakeoverFault.ForeignAddress, foreign, account.Username));
            if (hosted.Contains(DomainOf(foreign))) ListOf(_aliases, foreign).Add(own.FirstOrDefault() ?? account.Username);
        }
        var services = MailProtocols.Receiving;
        if (own.Count == 0 && _addresses.GetValueOrDefault("off " + account.Username) is [var off] && DomainOf(off) == account.Domain)
            (own, services) = ([off], MailProtocols.None);
        if (own.Count == 0) return null;
        MailProtocols[] protocols = [MailProtocols.Imap, MailProtocols.Pop3, MailProtocols.Sieve, MailProtocols.Smtp];
        for (var n = 0; n < protocols.Length; n++) if (account.Services[n]) services |= protocols[n];
        if (account.Hash is null) findings.Add(new(TakeoverFault.HashUnknown, account.Username));
        var isPossible = Username.TryParse(account.Username, out _);
        if (!isPossible) findings.Add(new(TakeoverFault.UsernameChanges, account.Username, own[0]));
        var forwards = _forwards.GetValueOrDefault(account.Username);
        var others = Known(account.Username, forwards?.Where(f => f != account.Username) ?? []);
        return new(
            isPossible ? account.Username : null, own, account.Hash, services, others.Count > 0 ? others : null,
            forwards?.Contains(account.Username) == true);
    }

    // A destination without a domain is a username.
    private List<string> Known(string subject, IEnumerable<string> destinations)
    {
        var (known, unknown) = (new List<string>(), new List<string>());
        foreach (var one in destinations.Distinct(StringComparer.Ordinal))
            (one.Contains('@', StringComparison.Ordinal) || accounts.ContainsKey(one) ? known : unknown).Add(one);
        foreach (var one in unknown) findings.Add(new(TakeoverFault.Orphan, subject, one));
        return known;
    }

    private bool IsHosted(string domain) => HasAliases(domain) || accounts.Values.Any(a => a.Domain == domain);

    private static string DomainOf(string address) => address[(address.LastIndexOf('@') + 1)..];

    private static List<string> ListOf(Dictionary<string, List<string>> lists, string key) =>
        lists.TryGetValue(key, out var list) ? list : lists[key] = [];
}
