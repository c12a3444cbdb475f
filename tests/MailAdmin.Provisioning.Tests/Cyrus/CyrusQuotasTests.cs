using System.Diagnostics;
using MailAdmin.Core.Accounts;
using MailAdmin.Provisioning.Cyrus;
using MailAdmin.Testing.Servers;
using Microsoft.Extensions.Logging.Abstractions;

namespace MailAdmin.Provisioning.Tests.Cyrus;

[Collection(nameof(CyrusServers))]
public sealed class CyrusQuotasTests(CyrusFixture fixture)
{
    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(200);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    // C068, C070, C072
    public async Task A_page_shows_what_each_mailbox_holds_and_may_hold(bool slashes)
    {
        var cyrus = await fixture.ServerAsync(slashes);
        using var provisioner = new Provisioner(cyrus.Options());
        using var quotas = Quotas(cyrus.Options());
        var (limited, full, unlimited, missing) = (NewUser(), NewUser(), NewUser(), NewUser());
        await provisioner.Mailboxes.EnsureAsync(new MailboxSpec(limited, new Quota(25000), []), Cancellation);
        await provisioner.Mailboxes.EnsureAsync(new MailboxSpec(full, new Quota(100), []), Cancellation);
        await provisioner.Mailboxes.EnsureAsync(new MailboxSpec(unlimited, null, []), Cancellation);
        await using (var owner = await RawImap.SignInAsync(cyrus, limited.Value)) await owner.AppendAsync("INBOX", 128 * 1024);
        await using (var owner = await RawImap.SignInAsync(cyrus, full.Value)) await owner.AppendAsync("INBOX", 60 * 1024);
        await provisioner.Mailboxes.EnsureAsync(new MailboxSpec(full, new Quota(50), []), Cancellation);

        var page = await quotas.ReadAsync([limited, full, unlimited, missing], TimeSpan.FromSeconds(5), Cancellation);

        Assert.True(page.Available);
        Assert.Equal(new QuotaUsage(128, 25000), page[limited]);
        Assert.Equal(new QuotaUsage(60, 50), page[full]);
        Assert.Equal(new QuotaUsage(null, null), page[unlimited]);
        Assert.Null(page[missing]);
    }

    [Fact]
    public async Task A_limit_taken_away_is_read_as_none_and_the_connection_lives()
    {
        var cyrus = await fixture.ServerAsync();
        using var wire = new WireProxy(cyrus.Port);
        using var provisioner = new Provisioner(cyrus.Options());
        using var quotas = Quotas(cyrus.Options(wire.Port));
        var users = Enumerable.Range(0, 10).Select(_ => NewUser()).ToList();
        foreach (var user in users) await provisioner.Mailboxes.EnsureAsync(new MailboxSpec(user, new Quota(25000), []), Cancellation);
        await provisioner.Mailboxes.EnsureAsync(new MailboxSpec(users[3], null, []), Cancellation);

        for (var view = 0; view < 2; view++)
        {
            var page = await quotas.ReadAsync(users, TimeSpan.FromSeconds(5), Cancellation);
            Assert.Equal(new QuotaUsage(null, null), page[users[3]]);
            Assert.Equal(new QuotaUsage(0, 25000), page[users[9]]);
        }

        // Two commands for each mailbox, and the sign-in.
        Assert.Equal(40 + 2, wire.Sent.Count);
    }

    [Fact]
    // C158
    public async Task A_server_that_hangs_costs_one_page_its_budget_and_the_next_ones_nothing()
    {
        var cyrus = await fixture.ServerAsync();
        using var provisioner = new Provisioner(cyrus.Options());
        var options = cyrus.Options();
        options.CommandTimeout = TimeSpan.FromSeconds(20);
        using var quotas = Quotas(options);
        var users = Enumerable.Range(0, 10).Select(_ => NewUser()).ToList();
        foreach (var user in users) await provisioner.Mailboxes.EnsureAsync(new MailboxSpec(user, new Quota(25000), []), Cancellation);
        Assert.True((await quotas.ReadAsync(users, TimeSpan.FromSeconds(5), Cancellation)).Available);
        cyrus.Freeze();
        try
        {
            var first = await Task.WhenAll(Timed(quotas, users), Timed(quotas, users), Timed(quotas, users));
            Assert.All(first, took => Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(5)));
            // If each page used up its budget, fifty would take ten seconds.
            var later = TimeSpan.Zero;
            for (var view = 0; view < 50; view++) later += await Timed(quotas, users);
            Assert.InRange(later, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        }
        finally
        {
            cyrus.Thaw();
        }
        await Eventually.TrueAsync(
            async () => (await quotas.ReadAsync(users, Budget, Cancellation)).Available, TimeSpan.FromSeconds(10), "quotas are read again");
    }

    [Fact]
    public async Task While_it_is_broken_one_probe_at_a_time_goes_to_the_server()
    {
        var cyrus = await fixture.ServerAsync();
        using var wire = new WireProxy(cyrus.Port);
        using var quotas = Quotas(cyrus.Options(wire.Port));
        wire.Break("AUTHENTICATE", Fault.Swallow);

        for (var view = 0; view < 30; view++) Assert.False((await quotas.ReadAsync([NewUser()], Budget, Cancellation)).Available);
        await Eventually.TrueAsync(() => Task.FromResult(wire.Sent.Count > 0), TimeSpan.FromSeconds(5), "somebody signs in");
        for (var view = 0; view < 30; view++) Assert.False((await quotas.ReadAsync([NewUser()], Budget, Cancellation)).Available);

        Assert.InRange(wire.Sent.Count(command => command.StartsWith("AUTHENTICATE", StringComparison.Ordinal)), 1, 2);
    }

    [Fact]
    public async Task A_reader_who_leaves_gets_his_exception_and_the_others_their_quotas()
    {
        var cyrus = await fixture.ServerAsync();
        using var quotas = Quotas(cyrus.Options());
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => quotas.ReadAsync([NewUser()], Budget, gone.Token));

        Assert.True((await quotas.ReadAsync([NewUser()], TimeSpan.FromSeconds(5), Cancellation)).Available);
    }

    private static Username NewUser() => Username.Parse(Specs.NewName());

    private static OwnQuotas Quotas(CyrusOptions options) => new(options);

    /// <summary>Reads only by username, whichever mailbox has that name.</summary>
    private sealed class OwnQuotas(CyrusOptions options) : IDisposable
    {
        private readonly CyrusReader _reader = new(options, TimeProvider.System, NullLogger<CyrusReader>.Instance);

        public Task<QuotaReadings> ReadAsync(IEnumerable<Username> usernames, TimeSpan budget, CancellationToken cancellation) =>
            ReadAsync([.. usernames.Select(u => new AccountMailbox(u, null))], budget, cancellation);

        public Task<QuotaReadings> ReadAsync(IReadOnlyList<AccountMailbox> mailboxes, TimeSpan budget, CancellationToken cancellation) =>
            new CyrusQuotas(_reader, new QuotaWatchlist()).ReadAsync(mailboxes, budget, cancellation);

        public void Dispose() => _reader.Dispose();
    }

    private static async Task<TimeSpan> Timed(OwnQuotas quotas, List<Username> users)
    {
        var watch = Stopwatch.StartNew();
        Assert.False((await quotas.ReadAsync(users, Budget, Cancellation)).Available);
        return watch.Elapsed;
    }
}
