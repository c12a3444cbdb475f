using MailAdmin.Provisioning.Logins;

namespace MailAdmin.Provisioning.Tests.Logins;

/// <summary>Who is let in with which name and password.</summary>
public sealed class LoginServiceTests : LoginServiceTest
{
    [Theory]
    [InlineData("exemple0001", true)]
    [InlineData("EXEMPLE0001", true)]
    [InlineData(" exemple0001", false)]
    [InlineData("exemple0002", false)]
    [InlineData("", false)]
    [InlineData("exemple0001'--", false)]
    [InlineData("\uFFFD", false)]
    public async Task A_username_is_known_in_any_case_and_nothing_else_is(string user, bool known) =>
        Assert.Equal(known ? LoginVerdict.Ok : LoginVerdict.No, await _bench.AskAsync(user));

    [Theory] // C103, C109
    [InlineData("""a1"b'c$d%e\f&g;h <x>""")]
    [InlineData("pässwörd€9-Ärger")]
    [InlineData("日本語パスワード12345")]
    [InlineData(" two spaces 1 ")]
    [InlineData("fish &amp; 3 chips")]
    public async Task A_password_works_with_exactly_its_text(string password)
    {
        _bench.Put("exemple0002", password);
        Assert.Equal(LoginVerdict.Ok, await _bench.AskAsync("exemple0002", password));
        Assert.Equal(LoginVerdict.Ok, await _bench.AskAsync("exemple0002", password));
        Assert.Equal(LoginVerdict.No, await _bench.AskAsync("exemple0002", password + " "));
        Assert.Equal(LoginVerdict.No, await _bench.AskAsync("exemple0002", password.Trim()[..^1]));
        Assert.Equal(LoginVerdict.No, await _bench.AskAsync("exemple0002", ""));
    }

    [Fact]
    public async Task An_address_is_for_SMTP_alone_and_finds_its_account_in_any_spelling()
    {
        _bench.Accounts["gugus.dupont@xn--t-cafe-exa.example"] = _bench.Put("exemple0002");
        Assert.Equal(LoginVerdict.Ok, await _bench.AskAsync("Gugus.Dupont", service: "smtp", realm: "xn--t-cafe-exa.EXAMPLE"));
        Assert.Equal(LoginVerdict.No, await _bench.AskAsync("gugus.dupont", service: "smtp", realm: "exemple.be"));
        foreach (var service in new[] { "imap", "pop", "sieve" })
            Assert.Equal(LoginVerdict.No, await _bench.AskAsync("gugus.dupont", service: service, realm: "xn--t-cafe-exa.example"));
        Assert.Equal(LoginVerdict.No, await _bench.AskAsync("exemple0002", service: "imap", realm: "exemple.be"));
    }

    [Theory]
    [InlineData("imap", true)]
    [InlineData("sieve", true)]
    [InlineData("pop", false)]
    [InlineData("smtp", false)]
    public async Task The_administrator_may_use_IMAP_and_Sieve_without_any_database(string service, bool allowed)
    {
        _bench.Database = () => throw new InvalidOperationException("no database");
        Assert.Equal(allowed ? LoginVerdict.Ok : LoginVerdict.No, await _bench.AskAsync("cyrus", LoginBench.AdminPassword, service));
        Assert.Equal(LoginVerdict.No, await _bench.AskAsync("cyrus", LoginBench.Password, service));
        Assert.Equal(LoginVerdict.No, await _bench.AskAsync("cyrus", "", service));
        Assert.Empty(_bench.Asked);
    }

    [Fact]
    public async Task A_database_that_fails_means_neither_yes_nor_no()
    {
        Assert.Equal(LoginVerdict.Ok, await _bench.AskAsync("exemple0001"));
        _bench.Database = () => throw new InvalidOperationException("locked");
        Assert.Equal(LoginVerdict.Unknown, await _bench.AskAsync("exemple0001"));
        Assert.Equal(LoginVerdict.Unknown, await _bench.AskAsync("nobody"));
        _bench.Database = () => { };
        Assert.Equal(LoginVerdict.Ok, await _bench.AskAsync("exemple0001"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Kilo7-gamma")]
    [InlineData("$2x$04$abcdefghijklmnopqrstuu7kagq8rv0l//LM3E/yleaDMRF7Knbsm")]
    [InlineData("$2b$04$short")]
    public async Task A_corrupt_hash_lets_nobody_in_and_is_logged_without_itself(string hash)
    {
        _bench.Put("exemple0002", hash: hash);
        Assert.Equal(LoginVerdict.No, await _bench.AskAsync("exemple0002"));
        var line = Assert.Single(_log.Lines);
        Assert.Contains("exemple0002", line, StringComparison.Ordinal);
        Assert.DoesNotContain(LoginBench.Password, line, StringComparison.Ordinal);
    }
}
