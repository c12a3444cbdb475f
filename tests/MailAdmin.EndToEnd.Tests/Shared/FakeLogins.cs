using System.Buffers.Binary;
using System.Net.Sockets;
using MailAdmin.Sandbox;

namespace MailAdmin.EndToEnd.Tests.Shared;

/// <summary>Answers logins while the panel is stopped. Every user has the same password.</summary>
internal sealed class FakeLogins : IAsyncDisposable
{
    public const string Password = "open sesame";
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly string _path;
    private readonly Task _serving;

    public FakeLogins(MailSandbox sandbox)
    {
        _path = sandbox.Folder.LoginSocket;
        File.Delete(_path);
        _listener.Bind(new UnixDomainSocketEndPoint(_path));
        File.SetUnixFileMode(_path, (UnixFileMode)0b110_110_110);
        _listener.Listen();
        _serving = ServeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _serving;
        File.Delete(_path);
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptAsync();
                await using var stream = new NetworkStream(client);
                await AnswerAsync(stream);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // disposed
        }
    }

    // Reads user, password, service and realm; each field is preceded by its length.
    private static async Task AnswerAsync(NetworkStream stream)
    {
        var fields = new List<string>();
        while (fields.Count < 4)
        {
            var length = new byte[2];
            await stream.ReadExactlyAsync(length);
            var field = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
            await stream.ReadExactlyAsync(field);
            fields.Add(System.Text.Encoding.UTF8.GetString(field));
        }
        await stream.WriteAsync(fields[1] == Password ? "\0\u0002OK"u8.ToArray() : "\0\u0002NO"u8.ToArray());
    }
}
