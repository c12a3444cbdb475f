using System.Net;

namespace MailAdmin.Provisioning.Cyrus;

internal static class Loopback
{
    /// <summary>Nobody is between us and such a host.</summary>
    public static bool Is(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
