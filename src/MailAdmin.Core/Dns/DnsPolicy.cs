using MailAdmin.Core.Domains;

namespace MailAdmin.Core.Dns;

/// <summary>A key that the hoster signs with (RFC 6376).</summary>
/// <param name="Selector">The first labels of its name: <c>mail</c> in mail._domainkey.exemple.be.</param>
/// <param name="Host">The name that has the key, to which the domain's record leads (CNAME).</param>
public sealed record DkimKey(string Selector, string Host);

/// <summary>What the hoster wants in the DNS of every domain.</summary>
public sealed record DnsPolicy
{
    public const string DefaultDmarc = "v=DMARC1; p=none";

    /// <summary>The hosts that receive mail, the preferred one first; empty if the mail host's name is unknown.</summary>
    public IReadOnlyList<DomainName> MailExchangers { get; init; } = [];

    /// <summary>The name under which the hoster lists all hosts that send (<c>include:</c>); null if they are the MX.</summary>
    public string? SpfInclude { get; init; }

    /// <summary>The keys that mail is signed with.</summary>
    public IReadOnlyList<DkimKey> DkimKeys { get; init; } = [];

    /// <summary>The record that is proposed to a domain without one.</summary>
    public string Dmarc { get; init; } = DefaultDmarc;

    /// <summary>The host that answers questions of mail programs for their settings; null if there is none.</summary>
    public DomainName? AutoconfigHost { get; init; }

    /// <summary>The host that mail comes to first.</summary>
    public DomainName? MailHost => MailExchangers.Count > 0 ? MailExchangers[0] : null;

    /// <summary>The text of the SPF record that is proposed to a domain without one.</summary>
    public string Spf => SpfInclude is { } name ? $"v=spf1 include:{name} -all" : "v=spf1 mx -all";
}
