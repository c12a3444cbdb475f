using System.Net;
using System.Net.Sockets;

namespace MailAdmin.Core.Admins;

/// <summary>
/// A network that an admin signed in from. One that is new is told on their pages elsewhere, until they say that it was they.
/// </summary>
public sealed class KnownNetwork
{
    public const int MaxLength = 32;

    public long AdminId { get; set; }

    public Admin? Admin { get; set; }

    public required string Network { get; set; }

    /// <summary>The latest sign-in from there.</summary>
    public DateTimeOffset SeenAt { get; set; }

    /// <summary>When they said so; null is new. Their first place is known at once.</summary>
    public DateTimeOffset? KnownAt { get; set; }

    /// <summary>Three quarters of an IPv4 address name a network, half of an IPv6 address; empty for what is no address.</summary>
    public static string NetworkOf(string? address)
    {
        if (!IPAddress.TryParse(address, out var parsed)) return "";
        if (parsed.IsIPv4MappedToIPv6) parsed = parsed.MapToIPv4();
        return Convert.ToHexString(parsed.GetAddressBytes().AsSpan(0, parsed.AddressFamily == AddressFamily.InterNetwork ? 3 : 8));
    }
}
