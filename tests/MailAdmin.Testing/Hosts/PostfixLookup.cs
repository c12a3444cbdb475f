using MailAdmin.Core.Addresses;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Routing;

namespace MailAdmin.Testing.Hosts;

/// <summary>What Postfix does with a recipient.</summary>
/// <param name="Refusal">The answer of Postfix at RCPT, or null if it accepts the mail.</param>
/// <param name="Destinations">Where Postfix then sends the mail.</param>
/// <param name="Poisons">The recipient cannot be expanded, which holds up the whole message.</param>
public sealed record PostfixOutcome(string? Refusal, IReadOnlyList<string> Destinations, bool Poisons)
{
    public bool IsTaken => Refusal is null && !Poisons;
}

/// <summary>
/// Looks up rows as smtpd and cleanup do: first the access map, then whether there is such a recipient, then the expansion of
/// cleanup_map1n. In the expansion the first result replaces the address in place, the others are appended, and an address that led to
/// itself is not looked up again.
/// </summary>
/// <param name="find">Finds the value of a key, in lower case, in a map.</param>
public sealed class PostfixLookup(Func<PostfixMap, string, string?> find)
{
    private const int Limit = 1_000;

    public PostfixLookup(
        IReadOnlyDictionary<string, string> domains, IReadOnlyDictionary<string, string> relayed,
        IReadOnlyDictionary<string, string> refused,
        IReadOnlyDictionary<string, string> virtuals, IReadOnlyDictionary<string, string> transports)
        : this((map, key) => map switch
        {
            PostfixMap.Domains => domains.GetValueOrDefault(key),
            PostfixMap.RelayDomains => relayed.GetValueOrDefault(key),
            PostfixMap.Refused => refused.GetValueOrDefault(key),
            PostfixMap.Virtual => virtuals.GetValueOrDefault(key),
            _ => transports.GetValueOrDefault(key),
        })
    {
    }

    public PostfixOutcome Ask(string recipient)
    {
        var domain = DomainOf(recipient);
        // smtpd_relay_restrictions come first. They accept no source route through this server from outside (allow_untrusted_routing).
        if (recipient[..recipient.LastIndexOf('@')].AsSpan().ContainsAny('%', '!')) return new("554 5.7.1 Relay access denied", [], false);
        if (Access(recipient, domain) is { } access and not ("reject_unverified_recipient" or "DUNNO")) return new(access, [], false);
        if (Known(recipient) is null && Get(PostfixMap.Refused, "@" + domain) is { } wait) return new(wait, [], false);
        if (Get(PostfixMap.RelayDomains, domain) is not null) return Expand(recipient);
        if (Get(PostfixMap.Domains, domain) is null) return new("554 5.7.1 Relay access denied", [], false);
        return Find(recipient) is null ? new("550 5.1.1 User unknown", [], false) : Expand(recipient);
    }

    /// <summary>
    /// Mail for this destination bounces: it is an address of a hosted domain and no mailbox, or a mailbox that takes no mail.
    /// </summary>
    public bool IsDeadEnd(string destination) =>
        Get(PostfixMap.Domains, DomainOf(destination)) is not null
            || Get(PostfixMap.Transport, destination)?.StartsWith("error:", StringComparison.Ordinal) == true;

    public PostfixOutcome Expand(string recipient)
    {
        var list = new List<string> { recipient };
        var ledToItself = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < list.Count; i++)
        {
            if (list.Count > Limit) return new(null, [], true);
            for (var depth = 0; !ledToItself.Contains(list[i]) && Find(list[i]) is { } value; depth++)
            {
                if (depth >= Limit) return new(null, [], true);
                var (asked, results) = (list[i], value.Split(','));
                list[i] = results[0];
                list.AddRange(results.Skip(1));
                if (results.Contains(asked, StringComparer.OrdinalIgnoreCase)) ledToItself.Add(asked);
            }
        }
        return new(null, list, list.Count > Limit);
    }

    private string? Access(string recipient, string domain) =>
        Get(PostfixMap.Refused, recipient) ?? Get(PostfixMap.Refused, WithoutTag(recipient)) ?? Get(PostfixMap.Refused, domain);

    private string? Find(string recipient) =>
        OwnOf(recipient) ?? ReturnOf(recipient) ?? Known(recipient) ?? Get(PostfixMap.Virtual, "@" + DomainOf(recipient));

    private string? Known(string recipient) => Get(PostfixMap.Virtual, recipient) ?? Get(PostfixMap.Virtual, WithoutTag(recipient));

    // The host's own names are in main.cf, which comes before the maps.
    private static string? OwnOf(string recipient) =>
        AddrSpec.TryParse(recipient, out var address) && CoreFixture.Host.Delivers(address) ? CoreFixture.Host.Postmaster : null;

    // postsrsd comes after the host's own names and before the maps.
    private static string? ReturnOf(string recipient) =>
        AddrSpec.TryParse(recipient, out var address) && CoreFixture.Host.IsReturn(address) ? KnownReturns.SenderOf(address) : null;

    private string? Get(PostfixMap map, string key)
    {
        if (map == PostfixMap.Domains && DomainName.TryParse(key, out var name) && CoreFixture.Host.IsOwn(name)) return "hosted";
        return find(map, key.ToLowerInvariant());
    }

    private static string DomainOf(string address) => address[(address.LastIndexOf('@') + 1)..].ToLowerInvariant();

    private static string WithoutTag(string address)
    {
        var (plus, at) = (address.IndexOf('+', StringComparison.Ordinal), address.LastIndexOf('@'));
        return plus > 0 && plus < at ? address[..plus] + address[at..] : address;
    }
}
