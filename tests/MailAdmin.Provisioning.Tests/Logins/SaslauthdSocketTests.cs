using System.Net.Sockets;
using MailAdmin.Provisioning.Logins;

namespace MailAdmin.Provisioning.Tests.Logins;

public sealed class SaslauthdSocketTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("logins-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Address => Path.Combine(_folder, "run", "mux");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Everybody_may_connect_and_its_end_leaves_nothing_there()
    {
        using (await SaslauthdSocket.OpenAsync(Address, 16, Token))
        {
            if (!OperatingSystem.IsWindows()) Assert.Equal(0b110_110_110, (int)File.GetUnixFileMode(Address));
            Connect();
        }

        Assert.False(File.Exists(Address));
    }

    [Fact]
    public async Task What_a_dead_process_left_is_replaced()
    {
        LeaveStaleSocket();
        Assert.Throws<SocketException>(Connect);
        using var socket = await SaslauthdSocket.OpenAsync(Address, 16, Token);
        Connect();
    }

    [Fact]
    public async Task A_live_one_of_ours_stays()
    {
        using var first = await SaslauthdSocket.OpenAsync(Address, 16, Token);
        var error = await Assert.ThrowsAsync<LoginSocketException>(() => SaslauthdSocket.OpenAsync(Address, 16, Token));
        Assert.Contains(Address, error.Message, StringComparison.Ordinal);
        Connect();
    }

    [Fact]
    public async Task A_live_one_of_another_program_stays()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Address)!);
        using var saslauthd = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        saslauthd.Bind(new UnixDomainSocketEndPoint(Address));
        saslauthd.Listen();
        await Assert.ThrowsAsync<LoginSocketException>(() => SaslauthdSocket.OpenAsync(Address, 16, Token));
        Connect();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_no_socket_is_never_removed(bool folder)
    {
        Directory.CreateDirectory(folder ? Address : Path.GetDirectoryName(Address)!);
        if (!folder) await File.WriteAllTextAsync(Address, "precious", Token);
        await Assert.ThrowsAsync<LoginSocketException>(() => SaslauthdSocket.OpenAsync(Address, 16, Token));
        Assert.True(Path.Exists(Address));
    }

    private void Connect()
    {
        using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        client.Connect(new UnixDomainSocketEndPoint(Address));
    }

    // A hard link keeps the file when .NET removes it with the socket.
    private void LeaveStaleSocket()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Address)!);
        var elsewhere = Path.Combine(_folder, "bound");
        using var dead = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        dead.Bind(new UnixDomainSocketEndPoint(elsewhere));
        dead.Listen();
        File.Move(elsewhere, Address);
    }
}
