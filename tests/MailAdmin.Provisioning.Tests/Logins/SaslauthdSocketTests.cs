using System.Diagnostics;
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
        using (await OpenAsync())
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
        using var socket = await OpenAsync();
        Connect();
    }

    [Fact]
    public async Task A_live_one_of_ours_stays()
    {
        using var first = await OpenAsync();
        var error = await Assert.ThrowsAsync<LoginSocketException>(() => OpenAsync());
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
        await Assert.ThrowsAsync<LoginSocketException>(() => OpenAsync());
        Connect();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_no_socket_is_never_removed(bool folder)
    {
        Directory.CreateDirectory(folder ? Address : Path.GetDirectoryName(Address)!);
        if (!folder) await File.WriteAllTextAsync(Address, "precious", Token);
        await Assert.ThrowsAsync<LoginSocketException>(() => OpenAsync());
        Assert.True(Path.Exists(Address));
    }

    [Fact] // S13
    public async Task Where_a_group_is_named_its_members_alone_may_connect()
    {
        Needs.Root();
        File.SetUnixFileMode(_folder, (UnixFileMode)0b111_101_101);
        using var socket = await OpenAsync("mail");

        Assert.Equal(0b110_110_000, (int)File.GetUnixFileMode(Address));
        Assert.Equal(0b111_101_000, (int)File.GetUnixFileMode(Path.GetDirectoryName(Address)!));
        Assert.Equal(0, await ConnectAsAsync("--reuid=65534", "--regid=65534", "--groups=8"));
        Assert.NotEqual(0, await ConnectAsAsync("--reuid=65534", "--regid=65534", "--clear-groups"));
    }

    [Fact]
    public async Task A_group_that_does_not_exist_is_named()
    {
        var error = await Assert.ThrowsAsync<LoginSocketException>(() => OpenAsync("no-such-group"));
        Assert.Contains("no-such-group", error.Message, StringComparison.Ordinal);
    }

    private Task<SaslauthdSocket> OpenAsync(string? group = null) =>
        SaslauthdSocket.OpenAsync(Address, group, backlog: 16, Token);

    // Perl is used because every Debian has it.
    private async Task<int> ConnectAsAsync(params string[] who)
    {
        var start = new ProcessStartInfo(
            "setpriv",
            [.. who, "perl", "-MSocket", "-e", "socket(S, AF_UNIX, SOCK_STREAM, 0); exit(connect(S, sockaddr_un($ARGV[0])) ? 0 : 1)",
            Address]);
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync(Token);
        return process.ExitCode;
    }

    private void Connect()
    {
        using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        client.Connect(new UnixDomainSocketEndPoint(Address));
    }

    // .NET removes the file with the socket, but a hard link to it stays.
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
