using System.Diagnostics;
using System.Text;
using MailAdmin.Core.Accounts;
using MailAdmin.Provisioning.Sieve;

namespace MailAdmin.Provisioning.Tests.Sieve;

public sealed class HostileSieveServerTests
{
    private static readonly Username Owner = Username.Parse("exemple0001");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Nonsense => new(
        "",
        "\r\n",
        "220 smtp.example.org ESMTP\r\n",
        "* OK [CAPABILITY IMAP4rev1] ready\r\n",
        "{99999999999999999999}\r\n",
        "{4294967295}\r\nx",
        "{4194305}\r\n",
        "{-1}\r\n",
        "{}\r\n",
        "\"no end\r\nOK\r\n",
        "\"nul \0\" \r\n",
        "OK\n",
        "\u0001\u0002\u0003\r\n",
        "MAYBE\r\n",
        new string('A', 100_000),
        "\"" + new string('a', 100_000) + "\"\r\n",
        string.Concat(Enumerable.Repeat("\"SASL\" \"PLAIN\"\r\n", 20_000)),
        new string('(', 50_000) + "\r\n");

    [Theory]
    [MemberData(nameof(Nonsense))]
    public async Task Nonsense_at_any_step_is_unavailable_within_the_time_limit(string nonsense)
    {
        foreach (var command in (string[])["", "AUTHENTICATE", "CAPABILITY", "LISTSCRIPTS"])
        {
            using var server = FakeSieveServer.RightBut(command, nonsense);
            var watch = Stopwatch.StartNew();

            await Assert.ThrowsAsync<SieveUnavailableException>(async () =>
            {
                await using var client = await SignInAsync(server);
                await client.ListScriptsAsync(Cancellation);
            });

            Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(8));
        }
    }

    [Fact]
    public async Task A_server_that_sends_an_octet_now_and_then_does_not_hold_us()
    {
        using var server = new FakeSieveServer(line => line.Length == 0 ? Slowly() : null);
        var watch = Stopwatch.StartNew();

        await Assert.ThrowsAsync<SieveUnavailableException>(() => SignInAsync(server));

        Assert.InRange(watch.Elapsed, TimeSpan.FromMilliseconds(400), TimeSpan.FromSeconds(8));

        static byte[] Slowly() => "\"IMPLEMENTATION\" \"sl"u8.ToArray();
    }

    [Theory]
    [InlineData("NO \"try later\"\r\n", SieveRefusal.SignIn)]
    [InlineData("NO (ENCRYPT-NEEDED) \"TLS first\"\r\n", SieveRefusal.SignIn)]
    [InlineData("NO (REFERRAL \"sieve://elsewhere.example\") {4}\r\naway\r\n", SieveRefusal.Referral)]
    [InlineData("BYE (REFERRAL \"sieve://elsewhere.example\") \"away\"\r\n", SieveRefusal.Referral)]
    public async Task A_refused_sign_in_tells_the_servers_words_and_nothing_is_tried_as_the_administrator(
        string answer, SieveRefusal reason)
    {
        using var server = FakeSieveServer.RightBut("AUTHENTICATE", answer);

        var refusal = await Assert.ThrowsAsync<SieveRefusedException>(() => SignInAsync(server));

        Assert.Equal(reason, refusal.Reason);
        Assert.Contains(
            answer.Contains("try later", StringComparison.Ordinal) ? "try later" : "", refusal.Message, StringComparison.Ordinal);
        Assert.Single(server.Heard, h => h != "LOGOUT");
        Assert.DoesNotContain("secret-of-cyrus", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_signs_us_in_as_the_administrator_is_left_at_once()
    {
        using var server = FakeSieveServer.RightBut("CAPABILITY", "\"SIEVE\" \"vacation\"\r\n\"OWNER\" \"cyrus\"\r\nOK\r\n");

        var refusal = await Assert.ThrowsAsync<SieveRefusedException>(() => SignInAsync(server));

        Assert.Equal(SieveRefusal.SignIn, refusal.Reason);
        Assert.DoesNotContain(server.Heard, h => h.StartsWith("LISTSCRIPTS", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("NO (QUOTA/MAXSIZE) \"too large\"\r\n", SieveRefusal.ScriptTooLarge)]
    [InlineData("NO (QUOTA/MAXSCRIPTS) \"too many\"\r\n", SieveRefusal.TooManyScripts)]
    [InlineData("NO (QUOTA) \"full\"\r\n", SieveRefusal.Quota)]
    [InlineData("NO (NONEXISTENT) \"gone\"\r\n", SieveRefusal.Missing)]
    [InlineData("NO (ALREADYEXISTS) \"there\"\r\n", SieveRefusal.NameTaken)]
    [InlineData("NO (ACTIVE) \"in use\"\r\n", SieveRefusal.Active)]
    [InlineData("NO \"line 3: \\\"syntax\\\"\"\r\n", SieveRefusal.Other)]
    [InlineData("NO (X-OWN (nested \"a\" 1) 2) \"strange\"\r\n", SieveRefusal.Other)]
    public async Task Each_NO_is_a_refusal_with_its_reason_and_the_connection_goes_on(string answer, SieveRefusal reason)
    {
        using var server = FakeSieveServer.RightBut("SETACTIVE", answer);
        await using var client = await SignInAsync(server);

        var refusal = await Assert.ThrowsAsync<SieveRefusedException>(() => client.SetActiveAsync("x", Cancellation));

        Assert.Equal(reason, refusal.Reason);
        Assert.Empty(await client.ListScriptsAsync(Cancellation));
    }

    [Theory]
    [InlineData("BYE \"shutting down\"\r\n")]
    [InlineData("NO (TRYLATER) \"busy\"\r\n")]
    public async Task BYE_and_a_busy_server_are_unavailable(string answer)
    {
        using var server = FakeSieveServer.RightBut("LISTSCRIPTS", answer);
        await using var client = await SignInAsync(server);

        var outage = await Assert.ThrowsAsync<SieveUnavailableException>(() => client.ListScriptsAsync(Cancellation));

        Assert.Contains(answer.Split('"')[1], outage.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_that_does_not_fit_is_not_sent()
    {
        using var server = FakeSieveServer.RightBut("HAVESPACE", "NO (QUOTA/MAXSIZE) \"too large\"\r\n");
        await using var client = await SignInAsync(server);

        await Assert.ThrowsAsync<SieveRefusedException>(() => client.PutScriptAsync("a", "keep;\r\n", Cancellation));

        Assert.DoesNotContain(server.Heard, h => h.StartsWith("PUTSCRIPT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task After_a_refused_script_the_connection_is_left_since_its_lines_might_be_taken_for_commands()
    {
        using var server = FakeSieveServer.RightBut("PUTSCRIPT", "NO \"Did not specify legal script data length\"\r\n");
        await using var client = await SignInAsync(server);

        var refusal = await Assert.ThrowsAsync<SieveRefusedException>(() => client.PutScriptAsync("a", "keep;\r\n", Cancellation));
        Assert.Equal(SieveRefusal.InvalidScript, refusal.Reason);
        await Assert.ThrowsAsync<SieveUnavailableException>(() => client.ListScriptsAsync(Cancellation));
    }

    [Fact]
    public async Task Without_STARTTLS_nothing_is_said_where_it_is_wanted()
    {
        using var server = FakeSieveServer.RightBut("none", "");
        var options = server.Options;
        options.StartTls = true;

        var refusal = await Assert.ThrowsAsync<SieveRefusedException>(() => ManageSieveClient.SignInAsync(
            options, FakeSieveServer.Admin, TimeProvider.System, Owner, Cancellation));

        Assert.Equal(SieveRefusal.Unsupported, refusal.Reason);
        Assert.Equal(["LOGOUT"], server.Heard);
    }

    [Fact]
    public async Task What_comes_in_clear_behind_the_OK_to_STARTTLS_is_not_believed()
    {
        using var server = new FakeSieveServer(line => Encoding.Latin1.GetBytes(
            line.Length == 0 ? "\"STARTTLS\"\r\n" + FakeSieveServer.Capabilities : "OK\r\n" + FakeSieveServer.Capabilities));
        var options = server.Options;
        options.StartTls = true;

        await Assert.ThrowsAsync<SieveUnavailableException>(() => ManageSieveClient.SignInAsync(
            options, FakeSieveServer.Admin, TimeProvider.System, Owner, Cancellation));

        Assert.Equal("STARTTLS", Assert.Single(server.Heard, h => h != "LOGOUT"));
    }

    [Fact]
    public async Task A_user_who_leaves_is_no_outage()
    {
        using var server = new FakeSieveServer(_ => null);
        using var impatient = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ManageSieveClient.SignInAsync(
            server.Options, FakeSieveServer.Admin, TimeProvider.System, Owner, impatient.Token));
    }

    private static Task<ManageSieveClient> SignInAsync(FakeSieveServer server) =>
        ManageSieveClient.SignInAsync(server.Options, FakeSieveServer.Admin, TimeProvider.System, Owner, Cancellation);
}
