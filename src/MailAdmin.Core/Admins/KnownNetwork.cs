using System.Net;
using System.Net.Sockets;

namespace MailAdmin.Core.Admins;

/// <summary>
/// A network that an admin signed in from. A new one is shown on their pages in other sessions, until they confirm that it was them.
/// </summary>
public sealed class KnownNetwork
{
    public const int MaxLength = 32;

    public long AdminId { get; set; }

    public Admin? Admin { get; set; }

    public required string Network { get; set; }

    /// <summary>The latest sign-in from there.</summary>
    public DateTimeOffset SeenAt { get; set; }

    /// <summary>When they confirmed it; null means new. Their first network is known immediately.</summary>
    public DateTimeOffset? KnownAt { get; set; }

    /// <summary>
    /// The first three octets of an IPv4 address or the first half of an IPv6 address; empty if the text is not an address.
    /// </summary>
    public static string NetworkOf(string? address)
    {
        if (!IPAddress.TryParse(address, out var parsed)) return "";
        if (parsed.IsIPv4MappedToIPv6) parsed = parsed.MapToIPv4();
        return Convert.ToHexString(parsed.GetAddressBytes().AsSpan(0, parsed.AddressFamily == AddressFamily.InterNetwork ? 3 : 8));
    }
}
