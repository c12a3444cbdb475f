using System.Net;
using MailAdmin.Core.Addresses;

namespace MailAdmin.Core.Domains;

/// <summary>Names and addresses of the mail host itself, as its main.cf has them. Nobody may host these names.</summary>
/// <param name="Hostname"><c>myhostname</c>; null when unknown.</param>
public sealed record MailHostNames(DomainName? Hostname)
{
    /// <summary>Nothing is known of the host.</summary>
    public static MailHostNames None { get; } = new((DomainName?)null);

    /// <summary>
    /// Local parts that the host's own names have: reports about mail, and what others ask about our senders (RFC 5321, section 4.5.1).
    /// </summary>
    public static IReadOnlyList<string> Delivered { get; } = ["postmaster", "abuse", "mailer-daemon", "double-bounce"];

    /// <summary><c>myorigin</c>: the domain of mail that names none.</summary>
    public DomainName? Origin { get; init; }

    /// <summary>Who reads the mail for those addresses.</summary>
    public string Postmaster { get; init; } = "root@localhost";

    public IReadOnlySet<IPAddress> Addresses { get; init; } = new HashSet<IPAddress>();

    /// <summary>Cyrus' administrators, in lower case: an account of that name would be one of them.</summary>
    public IReadOnlySet<string> ReservedUsernames { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    public IEnumerable<DomainName> Names => ((DomainName?[])[Hostname, Origin]).OfType<DomainName>().Distinct();

    public bool IsOwn(IPAddress address) =>
        IPAddress.IsLoopback(address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) || Addresses.Contains(address);

    public bool IsOwn(DomainName name) => Names.Contains(name);

    /// <summary>An address under one of the host's names that reaches somebody; all others there are unknown.</summary>
    public bool Delivers(AddrSpec address) =>
        IsOwn(address.Domain) && Delivered.Contains(address.Untagged, StringComparer.OrdinalIgnoreCase);

    /// <summary>What bounces of forwarded mail come to (SRS), as main.cf knows it: it reaches the sender that it stands for.</summary>
    public bool IsReturn(AddrSpec address) => address.Domain == Hostname && address.IsReturn;

    /// <summary>An address under one of the host's names that reaches nobody.</summary>
    public bool IsNobody(AddrSpec address) => IsOwn(address.Domain) && !Delivers(address);
}
