using System.Net;
using System.Net.Sockets;

namespace MailAdmin.EndToEnd.Tests.Doctor;

/// <summary>
/// A port that accepts any version of TLS that a client offers. It answers only with the first octets of a ServerHello in the client's own
/// version.
/// </summary>
internal sealed class OldTlsServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public OldTlsServer()
    {
        _listener.Start();
        _ = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                var hello = new byte[11];
                await client.GetStream().ReadExactlyAsync(hello);
                await client.GetStream().WriteAsync(new byte[] { 22, 3, hello[10], 0, 42, 2 });
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException)
        {
            // The test is over.
        }
    }
}
