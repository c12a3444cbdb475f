using System.Net;

namespace MailAdmin.Provisioning.Cyrus;

internal static class Loopback
{
    /// <summary>Whether the host is this machine, so that no third party is in between.</summary>
    public static bool Is(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
