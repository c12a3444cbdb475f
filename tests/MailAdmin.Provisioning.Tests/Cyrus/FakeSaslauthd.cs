using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace MailAdmin.Provisioning.Tests.Cyrus;

/// <summary>
/// The login socket that Cyrus asks. It gets user, password, service and realm, each with its length, and answers OK or NO.
/// </summary>
internal sealed class FakeSaslauthd : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly string _password;

    public FakeSaslauthd(string path, string password)
    {
        _password = password;
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        _listener.Listen();
        _ = AcceptAsync();
    }

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = AnswerAsync(await _listener.AcceptAsync());
        }
        catch (Exception end) when (end is ObjectDisposedException or SocketException)
        {
        }
    }

    private async Task AnswerAsync(Socket client)
    {
        await using var wire = new NetworkStream(client, ownsSocket: true);
        await ReadFieldAsync(wire);
        var password = await ReadFieldAsync(wire);
        await ReadFieldAsync(wire);
        await ReadFieldAsync(wire);
        await wire.WriteAsync(new byte[] { 0, 2 }.Concat(Encoding.ASCII.GetBytes(password == _password ? "OK" : "NO")).ToArray());
    }

    private static async Task<string> ReadFieldAsync(NetworkStream wire)
    {
        var length = new byte[2];
        await wire.ReadExactlyAsync(length);
        var field = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
        await wire.ReadExactlyAsync(field);
        return Encoding.UTF8.GetString(field);
    }
}
