using MailAdmin.Core.Accounts;
using MailAdmin.Provisioning.Logins;
using Microsoft.Extensions.Time.Testing;

namespace MailAdmin.Provisioning.Tests.Logins;

public sealed class LoginServiceTests : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly CollectingLogger<LoginService> _log = new();
    private readonly LoginBench _bench;

    public LoginServiceTests() => _bench = new LoginBench(logger: _log);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

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

    // D6: Cyrus would open any mailbox that has the username's name.
    [Fact]
    public async Task Whose_mailbox_is_not_in_place_reads_nothing_and_is_not_told_that_the_password_is_wrong()
    {
        _bench.Accounts["exemple0001"] = _bench.Put("exemple0001") with { HasMailbox = false };

        foreach (var service in (string[])["imap", "pop3", "sieve"])
            Assert.Equal(LoginVerdict.Unknown, await _bench.AskAsync("exemple0001", service: service));
        Assert.Equal(LoginVerdict.Ok, await _bench.AskAsync("exemple0001", service: "smtp"));
        Assert.Equal(LoginVerdict.No, await _bench.AskAsync("exemple0001", "wrong"));
    }

    [Fact]
    public async Task Who_is_suspended_while_his_password_is_checked_does_not_get_in()
    {
        var lookups = 0;
        _bench.Database = () =>
        {
            if (++lookups == 2) _bench.Put("exemple0001", mayLogin: false);
        };

        Assert.Equal(LoginVerdict.Unknown, await _bench.AskAsync("exemple0001"));
        Assert.Equal(LoginVerdict.No, await _bench.AskAsync("exemple0001"));
    }

    [Theory]
    [InlineData("imap", MailProtocols.Imap)]
    [InlineData("pop", MailProtocols.Pop3)]
    [InlineData("pop3", MailProtocols.Pop3)]
    [InlineData("sieve", MailProtocols.Sieve)]
    [InlineData("smtp", MailProtocols.Smtp)]
    [InlineData("http", MailProtocols.None)]
    [InlineData("", MailProtocols.None)]
    public async Task Each_service_needs_its_own_permission(string name, MailProtocols service)
    {
        _bench.Put("all");
        _bench.Put("only", services: service);
        _bench.Put("without", services: MailProtocols.All & ~service);
        Assert.Equal(service == MailProtocols.None ? LoginVerdict.No : LoginVerdict.Ok, await _bench.AskAsync("all", service: name));
        Assert.Equal(service == MailProtocols.None ? LoginVerdict.No : LoginVerdict.Ok, await _bench.AskAsync("only", service: name));
        Assert.Equal(LoginVerdict.No, await _bench.AskAsync("without", service: name));
    }

    [Fact]
    public async Task Who_may_not_sign_in_is_refused_even_when_remembered()
    {
        var account = _bench.Put("exemple0001");
        Assert.Equal(LoginVerdict.Ok, await _bench.AskAsync("exemple0001"));
        _bench.Accounts["exemple0001"] = account with { MayLogin = false };
        Assert.Equal(LoginVerdict.No, await _bench.AskAsync("exemple0001"));
        _bench.Accounts["exemple0001"] = account with { Services = MailProtocols.Pop3 };
        Assert.Equal(LoginVerdict.No, await _bench.AskAsync("exemple0001"));
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

    [Fact]
    public async Task A_try_with_an_address_where_the_username_alone_is_taken_is_remembered_whatever_the_password()
    {
        _bench.Accounts["gugus.dupont@exemple.be"] = _bench.Put("exemple0002");

        await _bench.AskAsync("Gugus.Dupont", service: "imap", realm: "exemple.be");
        await _bench.AskAsync("gugus.dupont", "wrong", service: "pop", realm: "Exemple.be");
        await _bench.AskAsync("personne", service: "imap", realm: "exemple.be");
        await _bench.AskAsync("gugus.dupont", service: "smtp", realm: "exemple.be");

        var noted = new List<LastLogin>();
        await _bench.LastLogins.WriteAsync(
            (batch, _) =>
            {
                noted.AddRange(batch);
                return Task.CompletedTask;
            },
            TestContext.Current.CancellationToken);
        Assert.Equal(
            ("gugus.dupont@exemple.be", MailProtocols.Pop3), noted.Where(l => l.TriedAddress is not null)
                .Select(l => (l.TriedAddress!, l.Service)).Single());
        Assert.Equal(MailProtocols.Smtp, Assert.Single(noted, l => l.TriedAddress is null).Service);
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

    [Fact]
    public async Task A_verified_password_needs_no_second_hash_until_the_stored_one_changes()
    {
        Assert.Equal(LoginVerdict.Ok, await _bench.AskAsync("exemple0001"));
        using var gate = new ManualResetEventSlim();
        // No hash is computed until the gate opens, however long the lines in between take.
        var held = await _bench.HoldQueueAsync(gate, Token);
        Task<LoginVerdict> wrong, old;
        try
        {
            Assert.Equal(LoginVerdict.Ok, await _bench.AskAsync("exemple0001"));
            wrong = _bench.AskAsync("exemple0001", "Kilo7-gammb");
            _bench.Put("exemple0001", "Lima8-delta");
            old = _bench.AskAsync("exemple0001");
            Assert.False(wrong.IsCompleted || old.IsCompleted);
        }
        finally
        {
            gate.Set();
        }
        Assert.Equal((LoginVerdict.No, LoginVerdict.No), (await wrong, await old));
        Assert.Equal(LoginVerdict.Ok, await _bench.AskAsync("exemple0001", "Lima8-delta"));
        await held;
    }

    [Fact]
    public async Task A_full_hash_lane_means_neither_yes_nor_no()
    {
        using var gate = new ManualResetEventSlim();
        var jobs = Enumerable.Range(0, 1_024).Select(_ => _bench.Lane.RunAsync(() => gate.Wait(Timeout), Token)).ToList();
        var verdicts = Enumerable.Range(0, 5).Select(_ => _bench.AskAsync("exemple0001")).ToList();
        Assert.Equal(LoginVerdict.Unknown, await verdicts[^1].WaitAsync(Timeout, Token));
        gate.Set();
        await Task.WhenAll(jobs);
    }

    [Fact]
    public async Task Wrong_guesses_delay_the_next_check_but_never_a_verified_client()
    {
        var time = new FakeTimeProvider();
        await using var bench = new LoginBench(time);
        bench.Put("other");
        Assert.Equal(LoginVerdict.Ok, await bench.AskAsync("exemple0001"));
        for (var n = 0; n < LoginThrottle.FreeGuesses; n++) Assert.Equal(LoginVerdict.No, await bench.AskAsync("exemple0001", "wrong"));
        for (var n = 0; n < LoginThrottle.FreeGuesses; n++) Assert.Equal(LoginVerdict.No, await bench.AskAsync("cyrus", "wrong"));

        var delayed = new[] { bench.AskAsync("exemple0001", "wrong4"), bench.AskAsync("cyrus", "wrong4") };
        var after = bench.AskAsync("Exemple0001", "wrong5");
        Assert.Equal(LoginVerdict.Ok, await bench.AskAsync("exemple0001"));
        Assert.Equal(LoginVerdict.Ok, await bench.AskAsync("other"));
        Assert.Equal(LoginVerdict.Ok, await bench.AskAsync("cyrus", LoginBench.AdminPassword));
        Assert.DoesNotContain(delayed, d => d.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(250));
        Assert.All(await Task.WhenAll(delayed).WaitAsync(Timeout, Token), v => Assert.Equal(LoginVerdict.No, v));
        // Checks run one after another, whatever the number of connections.
        Assert.False(after.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(500));
        Assert.Equal(LoginVerdict.No, await after.WaitAsync(Timeout, Token));
    }

    [Fact]
    public async Task Only_a_login_that_was_let_in_is_a_last_login()
    {
        _bench.Put("exemple0001", services: MailProtocols.Imap);
        await _bench.AskAsync("exemple0001", "wrong");
        await _bench.AskAsync("exemple0001", service: "pop");
        await _bench.AskAsync("cyrus", LoginBench.AdminPassword);
        await _bench.LastLogins.WriteAsync((_, _) => throw new InvalidOperationException("nothing to write"), Token);
        await _bench.AskAsync("exemple0001");
        IReadOnlyCollection<LastLogin> written = [];
        await _bench.LastLogins.WriteAsync((batch, _) => Task.FromResult(written = [.. batch]), Token);
        Assert.Equal((1, MailProtocols.Imap), Assert.Single(written) is var login ? (login.AccountId, login.Service) : default);
    }
}
