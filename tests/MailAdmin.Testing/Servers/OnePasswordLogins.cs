using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace MailAdmin.Testing.Servers;

/// <summary>
/// The login socket that Cyrus and Postfix ask, as saslauthd has it, for tests without a panel. Every user has the same password.
/// </summary>
public sealed class OnePasswordLogins : IDisposable
{
    /// <summary>The password if the test does not choose one.</summary>
    public const string Password = "open sesame";

    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly string _path;
    private readonly string _password;

    /// <param name="path">The socket's file. One that a server left there is replaced. Every process may connect.</param>
    /// <param name="password">The password of every user.</param>
    public OnePasswordLogins(string path, string password = Password)
    {
        (_path, _password) = (path, password);
        File.Delete(path);
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        File.SetUnixFileMode(path, (UnixFileMode)0b110_110_110);
        _listener.Listen();
        _ = AcceptAsync();
    }

    public void Dispose()
    {
        _listener.Dispose();
        // The folder may be gone together with the server that used it.
        if (File.Exists(_path)) File.Delete(_path);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = AnswerAsync(await _listener.AcceptAsync());
        }
        catch (Exception end) when (end is ObjectDisposedException or SocketException)
        {
            // disposed
        }
    }

    // User, password, service and realm, each after its length.
    private async Task AnswerAsync(Socket client)
    {
        await using var wire = new NetworkStream(client, ownsSocket: true);
        await ReadFieldAsync(wire);
        var password = await ReadFieldAsync(wire);
        await ReadFieldAsync(wire);
        await ReadFieldAsync(wire);
        await wire.WriteAsync(password == _password ? "\0\u0002OK"u8.ToArray() : "\0\u0002NO"u8.ToArray());
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
