using System.Text;
using MailAdmin.Core.Accounts;
using MailAdmin.Provisioning.Cyrus;
using Microsoft.Extensions.Logging.Abstractions;

namespace MailAdmin.Provisioning.Tests.Cyrus;

/// <summary>A server that is not Cyrus, or is broken, costs bounded time and memory, and the error says what is wrong.</summary>
public sealed class HostileImapServerTests
{
    private static readonly AccountMailbox Mailbox = new(Username.Parse("exemple0001"), null);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Floods => new()
    {
        // The command that the server answers, and what it then repeats for ever.
        { "GETMETADATA", "x" },
        { "GETMETADATA", "* LIST () \"/\" more\r\n" },
        { "GETMETADATA", "* QUOTA {40000}\r\n" + new string('y', 40_000) },
        { "AUTHENTICATE", "x" },
        { "AUTHENTICATE", "* OK still thinking\r\n" },
        { "NAMESPACE", "* NAMESPACE ((\"\" \"/\")) NIL NIL\r\n" },
    };

    // D21, C161
    [Theory, MemberData(nameof(Floods))]
    public async Task An_answer_without_an_end_is_given_up_in_words_and_fills_no_memory(string command, string flood)
    {
        var octets = Encoding.Latin1.GetBytes(string.Concat(Enumerable.Repeat(flood, Math.Max(1, 65_536 / flood.Length))));
        var sent = 0L;
        using var server = new FakeImapServer(async (_, line, wire) =>
        {
            if (!line.StartsWith(command, StringComparison.Ordinal)) return false;
            for (; ; Interlocked.Add(ref sent, octets.Length)) await wire.WriteAsync(octets);
        });
        using var provisioner = new Provisioner(server.Options);

        var outage = await Assert.ThrowsAsync<CyrusUnavailableException>(
            () => provisioner.Mailboxes.CheckAsync(Mailbox with { Id = MailboxId.New() }, Cancellation));

        Assert.Matches(
            "^Cyrus at 127.0.0.1:[0-9]+: the server(’s|'s)? (answer does not end|sent a line of more than 65536 octets)$", outage.Message);
        // The kernel's buffers hold some megabytes that the client has not read.
        Assert.InRange(Interlocked.Read(ref sent), 0, 32L * 1024 * 1024);
    }

    [Theory]
    [InlineData("* QUOTAROOT user/exemple0001 odd (name) \"un\r\n")]
    [InlineData("* QUOTA odd%name (STORAGE 1 2)\r\n")]
    [InlineData("* QUOTA \"unended (STORAGE 1 2)\r\n")]
    [InlineData("* QUOTA user/exemple0001 (STORAGE x 99999999999999999999)\r\n")]
    [InlineData("* QUOTA {999999999}\r\n")]
    [InlineData("* METADATA user/exemple0001 (\r\n")]
    // C161
    public async Task A_malformed_answer_is_passed_over_or_told_and_never_waited_for(string line)
    {
        using var server = FakeImapServer.Telling("GETQUOTAROOT", line.TrimEnd());
        using var reader = Reader(server);
        var quotas = new CyrusQuotas(reader, new QuotaWatchlist());

        var page = await quotas.ReadAsync([Mailbox], TimeSpan.FromSeconds(5), Cancellation);

        Assert.True(!page.Available || page[Mailbox.Username] is { UsedKiB: null });
    }

    // C161
    [Fact]
    public async Task Half_a_line_and_then_silence_costs_a_page_its_budget()
    {
        using var server = new FakeImapServer(async (_, command, wire) =>
        {
            if (!command.StartsWith("GETQUOTAROOT", StringComparison.Ordinal)) return false;
            await wire.WriteAsync("* QUOTA user/exemple0001 (STORAGE 1 "u8.ToArray());
            return true;
        });
        using var reader = Reader(server);

        Assert.False(
            (await new CyrusQuotas(reader, new QuotaWatchlist())
                .ReadAsync([Mailbox], TimeSpan.FromMilliseconds(300), Cancellation)).Available);
    }

    // C069: MailKit reads only 32 bits.
    [Fact]
    public async Task More_than_four_tebibytes_are_read_as_they_are()
    {
        using var server = FakeImapServer.Telling(
            "GETQUOTAROOT", "* QUOTAROOT user/exemple0001 user/exemple0001", "* QUOTA user/exemple0001 (STORAGE 5368709120 24000)");
        using var reader = Reader(server);
        var nearlyFull = new QuotaWatchlist();

        var page = await new CyrusQuotas(reader, nearlyFull).ReadAsync([Mailbox], TimeSpan.FromSeconds(5), Cancellation);

        Assert.Equal(new QuotaUsage(5_368_709_120, 24_000), page[Mailbox.Username]);
        Assert.Equal([Mailbox.Username], nearlyFull.Names);
    }

    private static CyrusReader Reader(FakeImapServer server) =>
        new(server.Options, TimeProvider.System, NullLogger<CyrusReader>.Instance);
}
