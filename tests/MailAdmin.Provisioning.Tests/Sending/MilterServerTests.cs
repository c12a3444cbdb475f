using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using MailAdmin.Provisioning.Logins;
using MailAdmin.Provisioning.Sending;
using Microsoft.Extensions.Logging.Abstractions;

namespace MailAdmin.Provisioning.Tests.Sending;

/// <summary>The milter protocol over its socket.</summary>
public sealed class MilterServerTests : IAsyncLifetime
{
    private static readonly string[] Foreign = ["Subject: bonjour", "From: ceo@voisin.example"];

    private readonly string _folder = Directory.CreateTempSubdirectory("milter").FullName;
    private readonly FakeRights _rights = new();
    private MilterServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Path => System.IO.Path.Combine(_folder, "milter");

    public async ValueTask InitializeAsync()
    {
        var (users, scripts) = (
            new SenderHeaderRule(_rights, NullLogger<SenderHeaderRule>.Instance), new ScriptRule(_rights, NullLogger<ScriptRule>.Instance));
        _server = new(
            users, scripts, new SendingOptions { Socket = Path + "-policy", Milter = Path, MaxConnections = 50 }, new LoginOptions(),
            NullLogger<MilterServer>.Instance);
        await _server.StartAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(CancellationToken.None);
        _server.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Only_MAIL_the_recipients_the_headers_and_their_end_are_asked_for_and_the_macros_that_are_needed()
    {
        using var client = await ConnectAsync();
        await client.SendAsync(MilterClient.Offer);

        var answer = await ReadAsync(client);

        Assert.Equal('O', answer[0]);
        var octets = Encoding.Latin1.GetBytes(answer)[1..];
        Assert.Equal((6u, 0x100u), (Number(octets, 0), Number(octets, 4)));
        // The server asks to leave out CONNECT, HELO, the body, unknown commands and DATA, and does not answer MAIL, RCPT and headers. It
        // does not leave out MAIL 0x4, RCPT 0x8, headers 0x20 and the end of headers 0x40.
        Assert.Equal(0x1u | 0x2 | 0x10 | 0x100 | 0x200 | 0x80 | 0x4000 | 0x8000, Number(octets, 8));
        Assert.Equal((2u, "{auth_authen} {auth_author}\0"), (Number(octets, 12), Encoding.ASCII.GetString(octets[16..])));
    }

    [Fact]
    public async Task An_older_server_gets_no_more_than_it_offers_and_an_answer_to_each_step()
    {
        using var client = await ConnectAsync();
        await client.SendAsync(MilterClient.Packet('O', [0, 0, 0, 2, 0, 0, 0, 0x3F, 0, 0, 0, 0x7F]));
        var octets = Encoding.Latin1.GetBytes((await ReadAsync(client))[1..]);
        Assert.Equal((2u, 0u, 0x13u), (Number(octets, 0), Number(octets, 4), Number(octets, 8)));
        Assert.Equal(12, octets.Length);

        await client.SendAsync(MilterClient.Message("exemple0001", Foreign));

        Assert.Equal("ccc", string.Concat(await ReadAsync(client), await ReadAsync(client), await ReadAsync(client)));
        Assert.StartsWith("y550 5.7.1 From: ceo@voisin.example", await ReadAsync(client), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_follow_one_another_and_each_is_its_own()
    {
        using var client = await NegotiatedAsync();
        await client.SendAsync(MilterClient.Message("exemple0001", Foreign));
        Assert.StartsWith("y550", await ReadAsync(client), StringComparison.Ordinal);
        await client.SendAsync(MilterClient.Packet('A'));
        await client.SendAsync(MilterClient.Message("exemple0001", "From: info@exemple.be"));
        Assert.Equal("a", await ReadAsync(client));
        // Nobody is signed in any more: the server has forgotten the user of the previous message.
        await client.SendAsync(
            (byte[])[.. MilterClient.Packet('M', "<>\0"), .. MilterClient.Packet('L', "From\0ceo@voisin.example\0"),
            .. MilterClient.Packet('N')]);
        Assert.Equal("a", await ReadAsync(client));
    }

    [Fact]
    public async Task Packets_come_in_any_pieces()
    {
        using var client = await ConnectAsync();
        foreach (var octet in (byte[])[.. MilterClient.Offer, .. MilterClient.Message("exemple0001", Foreign)])
            await client.SendAsync(new[] { octet });

        Assert.StartsWith("O", await ReadAsync(client), StringComparison.Ordinal);
        Assert.StartsWith("y550 5.7.1", await ReadAsync(client), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SenderHeaders.MaxLength + 1)]
    [InlineData(MilterStream.MaxData + 1)]
    [InlineData(3_000_000)]
    public async Task A_header_of_any_length_is_answered_and_what_follows_is_read(int length)
    {
        using var client = await NegotiatedAsync();
        await client.SendAsync(MilterClient.Message("exemple0001", $"From: {new string('x', length)}@exemple.be"));
        Assert.Contains("too long", await ReadAsync(client), StringComparison.Ordinal);

        await client.SendAsync(MilterClient.Message("exemple0001", $"Subject: {new string('x', length)}", "From: info@exemple.be"));
        Assert.Equal("a", await ReadAsync(client));
    }

    [Fact]
    public async Task Steps_that_were_not_asked_for_are_answered()
    {
        using var client = await NegotiatedAsync();
        foreach (var command in "CHTBUE")
        {
            await client.SendAsync(MilterClient.Packet(command, "something\0"));
            Assert.Equal("c", await ReadAsync(client));
        }
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 0, 0, 0, 1, (byte)'z' })]
    [InlineData(new byte[] { 0, 0, 0, 2, (byte)'O', 6 })]
    [InlineData(new byte[] { (byte)'G', (byte)'E', (byte)'T', (byte)' ', (byte)'/' })]
    public async Task What_is_no_milter_protocol_ends_its_own_connection_alone(byte[] octets)
    {
        using var other = await NegotiatedAsync();
        using (var client = await ConnectAsync())
        {
            await client.SendAsync(octets);
            // If the octets look like a long packet, the server waits for the rest until the client shuts down.
            if (octets[0] != 0) client.Shutdown(SocketShutdown.Send);
            Assert.Equal("", await ReadAsync(client));
        }
        await other.SendAsync(MilterClient.Message("exemple0001", Foreign));
        Assert.StartsWith("y550", await ReadAsync(other), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_goes_in_the_middle_leaves_their_place_to_others()
    {
        var message = MilterClient.Message("exemple0001", Foreign);
        for (var n = 0; n < 200; n++)
        {
            using var client = await NegotiatedAsync();
            await client.SendAsync(message.AsMemory(0, n % message.Length));
            if (n % 2 == 0) client.LingerState = new(true, 0);
        }
        using var last = await NegotiatedAsync();
        await last.SendAsync(MilterClient.Packet('Q'));
        Assert.Equal("", await ReadAsync(last));
    }

    private async Task<Socket> NegotiatedAsync()
    {
        while (true)
        {
            var client = await ConnectAsync();
            await client.SendAsync(MilterClient.Offer);
            // The server may not have noticed yet that the previous client has gone.
            if ((await ReadAsync(client)).Length > 0) return client;
            client.Dispose();
            Token.ThrowIfCancellationRequested();
        }
    }

    private async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path), Token);
        return socket;
    }

    /// <summary>Returns one packet, its letter and its data, or an empty text if the server has closed the connection.</summary>
    private static async Task<string> ReadAsync(Socket client)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Token);
        deadline.CancelAfter(TimeSpan.FromSeconds(10));
        var head = new byte[4];
        try
        {
            await using var stream = new NetworkStream(client);
            if (await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, deadline.Token) < head.Length) return "";
            var data = new byte[BinaryPrimitives.ReadInt32BigEndian(head)];
            await stream.ReadExactlyAsync(data, deadline.Token);
            return Encoding.Latin1.GetString(data);
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static uint Number(byte[] octets, int at) => BinaryPrimitives.ReadUInt32BigEndian(octets.AsSpan(at));
}
