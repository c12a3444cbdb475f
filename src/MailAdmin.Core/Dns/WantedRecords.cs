using MailAdmin.Core.Domains;
using MailAdmin.Core.Hosters;

namespace MailAdmin.Core.Dns;

/// <summary>Computes the records that a name of a domain should have.</summary>
public static class WantedRecords
{
    private const int FirstPreference = 10;
    private const int PreferenceStep = 10;
    private const int ImapsPort = 993;
    private const int Pop3sPort = 995;
    private const int SubmissionsPort = 465;

    /// <param name="policy">What the hoster wants.</param>
    /// <param name="name">The domain's own name, or one of its other names: users receive and send under each.</param>
    /// <param name="hosts">The server names that the domain's users were given.</param>
    public static IReadOnlyList<WantedRecord> Of(DnsPolicy policy, DomainName name, ClientHosts hosts) =>
    [
        .. Mx(policy, name),
        One(DnsPurpose.Spf, new(name.Value, DnsType.Txt, policy.Spf), isRequired: true),
        .. policy.DkimKeys.Select(
            k => One(DnsPurpose.Dkim, new($"{k.Selector}._domainkey.{name.Value}", DnsType.Cname, k.Host), isRequired: true)),
        One(DnsPurpose.Dmarc, new($"_dmarc.{name.Value}", DnsType.Txt, policy.Dmarc)),
        .. OwnHosts(policy, name, hosts),
        .. Autoconfig(policy, name),
        Service(policy, name, DnsPurpose.Imaps, "_imaps", ImapsPort, hosts.Imap),
        Service(policy, name, DnsPurpose.Pop3s, "_pop3s", Pop3sPort, hosts.Pop3),
        Service(policy, name, DnsPurpose.Submissions, "_submissions", SubmissionsPort, hosts.Smtp),
    ];

    private static IEnumerable<WantedRecord> Mx(DnsPolicy policy, DomainName name)
    {
        if (policy.MailExchangers.Count == 0) yield break;
        var records = policy.MailExchangers.Select((host, index) =>
            new DnsRecord(name.Value, DnsType.Mx, host.Value) { Preference = FirstPreference + (index * PreferenceStep) });
        yield return new(DnsPurpose.Mx, name.Value, DnsType.Mx, [.. records], IsRequired: true);
    }

    // imap.exemple.be and the like, if the hoster gives each customer names of their own. Another name of the domain has none.
    private static IEnumerable<WantedRecord> OwnHosts(DnsPolicy policy, DomainName name, ClientHosts hosts) =>
        policy.MailHost is not { } host ? [] : ((string?[])[hosts.Imap, hosts.Pop3, hosts.Smtp]).OfType<string>()
            .Distinct(StringComparer.Ordinal).Where(own => own.EndsWith("." + name.Value, StringComparison.Ordinal) && own != host.Value)
            .Select(own => One(DnsPurpose.ClientHost, new(own, DnsType.Cname, host.Value), isRequired: true));

    private static IEnumerable<WantedRecord> Autoconfig(DnsPolicy policy, DomainName name) => policy.AutoconfigHost is { } host
        ? [One(DnsPurpose.Autoconfig, new($"autoconfig.{name.Value}", DnsType.Cname, host.Value))] : [];

    /// <summary>RFC 6186, section 3, and RFC 8314, section 5.1. The target "." says that the service is not offered.</summary>
    private static WantedRecord Service(
        DnsPolicy policy, DomainName name, DnsPurpose purpose, string service, int port, string? host) =>
        One(purpose, new($"{service}._tcp.{name.Value}", DnsType.Srv, TargetOf(policy, name, host))
        {
            Weight = host is null ? 0 : 1,
            Port = host is null ? 0 : port,
        });

    // A name in the customer's domain is an alias of the mail host, and the target of an SRV record must not be an alias (RFC 2782).
    private static string TargetOf(DnsPolicy policy, DomainName name, string? host) =>
        host is not null && policy.MailHost is { } own && host.EndsWith("." + name.Value, StringComparison.Ordinal)
            ? own.Value : host ?? "";

    private static WantedRecord One(DnsPurpose purpose, DnsRecord record, bool isRequired = false) =>
        new(purpose, record.Name, record.Type, [record], isRequired);
}
