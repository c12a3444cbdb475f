using System.Net;
using System.Net.Sockets;

namespace MailAdmin.Core.MailboxCopies;

/// <summary>
/// The networks that a copy may connect to. A domain admin chooses host and port, and must not reach through the panel what only the
/// hoster's own machines reach (decision 0052).
/// </summary>
public sealed class SourceNetworks(MailboxCopyOptions options)
{
    // RFC 6890 and its successors: everything that is not one host of the public Internet.
    private static readonly IPNetwork[] NotPublic =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/4", "240.0.0.0/4",
            "::/127", "64:ff9b:1::/48", "100::/64", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    private readonly IPNetwork[] _allowed = [.. options.AllowedNetworks.Select(IPNetwork.Parse)];

    /// <summary>Whether copies of domain admins may connect to this address.</summary>
    public bool AreOpen(IPAddress address)
    {
        var plain = Embedded(address);
        return _allowed.Any(n => n.Contains(plain)) || !NotPublic.Any(n => n.Contains(plain));
    }

    // An IPv4 address inside an IPv6 one (mapped, NAT64, 6to4) reaches the IPv4 address.
    private static IPAddress Embedded(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address;
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        var octets = address.GetAddressBytes();
        if (octets is [0x20, 0x02, ..]) return new IPAddress(octets.AsSpan(2, 4));
        var isTranslated = octets.AsSpan(0, 12).SequenceEqual(IPAddress.Parse("64:ff9b::").GetAddressBytes().AsSpan(0, 12));
        return isTranslated ? new IPAddress(octets.AsSpan(12, 4)) : address;
    }
}
