using System.Net;
using MailAdmin.Core.Addresses;

namespace MailAdmin.Core.Domains;

/// <summary>Names and addresses of the mail host itself, as in its main.cf. These names cannot be hosted.</summary>
/// <param name="Hostname"><c>myhostname</c>; null if unknown.</param>
public sealed record MailHostNames(DomainName? Hostname)
{
    /// <summary>Nothing is known of the host.</summary>
    public static MailHostNames None { get; } = new((DomainName?)null);

    /// <summary>
    /// Local parts that exist under the host's own names: for reports about mail, for questions of others about this host's senders
    /// (RFC 5321, section 4.5.1), and for what programs of this host report to root.
    /// </summary>
    public static IReadOnlyList<string> Delivered { get; } = ["postmaster", "abuse", "root", "mailer-daemon", "double-bounce"];

    /// <summary><c>myorigin</c>: the domain appended to addresses without one.</summary>
    public DomainName? Origin { get; init; }

    /// <summary>The recipient of mail to those addresses.</summary>
    public string Postmaster { get; init; } = "root@localhost";

    public IReadOnlySet<IPAddress> Addresses { get; init; } = new HashSet<IPAddress>();

    /// <summary>Cyrus' administrators, in lower case: an account with such a username would be an administrator.</summary>
    public IReadOnlySet<string> ReservedUsernames { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    public IEnumerable<DomainName> Names => ((DomainName?[])[Hostname, Origin]).OfType<DomainName>().Distinct();

    public bool IsOwn(IPAddress address) =>
        IPAddress.IsLoopback(address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) || Addresses.Contains(address);

    public bool IsOwn(DomainName name) => Names.Contains(name);

    /// <summary>Whether the address is under one of the host's names and is delivered; all other addresses there are unknown.</summary>
    public bool Delivers(AddrSpec address) =>
        IsOwn(address.Domain) && Delivered.Contains(address.Untagged, StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Whether bounces of forwarded mail go to this address (SRS), by the rule of main.cf: it reaches the original sender.
    /// </summary>
    public bool IsReturn(AddrSpec address) => address.Domain == Hostname && address.IsReturn;

    /// <summary>Whether the address is under one of the host's names and does not exist.</summary>
    public bool IsNobody(AddrSpec address) => IsOwn(address.Domain) && !Delivers(address);
}
