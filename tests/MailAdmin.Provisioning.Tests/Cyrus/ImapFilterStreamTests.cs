using System.Text;
using MailAdmin.Provisioning.Cyrus;

namespace MailAdmin.Provisioning.Tests.Cyrus;

[Trait("Lane", "unit")]
public sealed class ImapFilterStreamTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(1000)]
    public async Task However_commands_are_cut_each_goes_where_it_belongs(int size)
    {
        var server = new ScriptedServer("* NAMESPACE NIL NIL NIL\r\nA2 OK Completed\r\n", size);
        await using var quiet = new ImapFilterStream(server) { Separator = '/' };

        await WriteAsync(quiet, "A1 LIST \"\" user/x\r\nA2 NAMESPACE\r\nA3 NOOP\r\nA4 XLIST \"\" \"*\"\r\n", size);

        Assert.Equal("A2 NAMESPACE\r\nA3 NOOP\r\n", server.Received);
        Assert.Equal(
            "* LIST () \"/\" user/x\r\nA1 OK Completed\r\nA4 OK Completed\r\n* NAMESPACE NIL NIL NIL\r\nA2 OK Completed\r\n",
            await ReadAsync(quiet, size));
    }

    [Theory]
    [InlineData(1, "")]
    [InlineData(3, "")]
    [InlineData(1000, "")]
    [InlineData(1, "+")]
    [InlineData(1000, "+")]
    public async Task What_is_in_a_literal_or_after_it_is_no_command(int size, string plus)
    {
        var inside = "A2 LIST \"\" x\r\nA3 XLIST \"\" \"*\"\r\n";
        var text = $"A1 APPEND Sent {{{inside.Length}{plus}}}\r\n{inside} {{3{plus}}}\r\nabcx LIST \"\" y\r\n";
        var server = new ScriptedServer("", size);
        await using var quiet = new ImapFilterStream(server) { Separator = '/' };

        await WriteAsync(quiet, text + "A4 LIST \"\" x\r\n", size);

        Assert.Equal(text, server.Received);
        Assert.Equal("* LIST () \"/\" x\r\nA4 OK Completed\r\n", await ReadAsync(quiet, size));
    }

    [Fact]
    public async Task A_line_that_has_not_ended_waits_and_the_end_of_the_connection_is_told()
    {
        var server = new ScriptedServer("* BYE", 100);
        await using var quiet = new ImapFilterStream(server);

        await WriteAsync(quiet, "A1 LIS", 100);

        Assert.Equal("", server.Received);
        Assert.Equal(0, await quiet.ReadAsync(new byte[10], Cancellation));
        await WriteAsync(quiet, "TEN\r\n", 100);
        Assert.Equal("A1 LISTEN\r\n", server.Received);
    }

    private static async Task WriteAsync(ImapFilterStream quiet, string text, int size)
    {
        foreach (var part in Encoding.Latin1.GetBytes(text).Chunk(size)) await quiet.WriteAsync(part, Cancellation);
    }

    private static async Task<string> ReadAsync(ImapFilterStream quiet, int size)
    {
        var text = new StringBuilder();
        var buffer = new byte[size];
        while (await quiet.ReadAsync(buffer, Cancellation) is > 0 and var count) text.Append(Encoding.Latin1.GetString(buffer, 0, count));
        return text.ToString();
    }

    /// <summary>Keeps what is written to it, and returns the given text a few octets at a time.</summary>
    private sealed class ScriptedServer(string says, int size) : MemoryStream(Encoding.Latin1.GetBytes(says))
    {
        private readonly StringBuilder _received = new();

        public string Received => _received.ToString();

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _received.Append(Encoding.Latin1.GetString(buffer.Span));
            return ValueTask.CompletedTask;
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(size, buffer.Length)], cancellationToken);
    }
}
