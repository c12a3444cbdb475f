using System.Net;
using System.Net.Sockets;

namespace MailAdmin.Testing;

/// <summary>Ports for servers that a test starts.</summary>
public static class LoopbackPort
{
    /// <summary>A TCP port of 127.0.0.1 on which nothing listens at the moment.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
