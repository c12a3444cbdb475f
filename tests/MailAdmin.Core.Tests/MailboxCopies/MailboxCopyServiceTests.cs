using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.MailboxCopies;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Tests.MailboxCopies;

public sealed class MailboxCopyServiceTests
{
    private static readonly SourceRequest Request = new(
        "imap.old.example", null, SourceSecurity.Tls, SourceAuthentication.Password, "gugus", null, "old-horse");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_password_is_sealed_and_gone_with_the_end()
    {
        await using var core = await CoreFixture.CreateAsync();
        var account = await core.AddAccountAsync(await core.AddDomainAsync(), "gugus");
        var service = core.Get<MailboxCopyService>();

        var copy = CoreFixture.Value(await service.StartAsync(account.Id, Request, false, Actor.Panel, Cancellation));
        Assert.Equal(993, copy.Port);
        Assert.DoesNotContain("old-horse", copy.Secret!, StringComparison.Ordinal);
        Assert.Equal("old-horse", Assert.Single(await ClaimAsync(core)).Source!.Secret);
        CoreFixture.Value(await service.CancelAsync(account.Id, Actor.Panel, Cancellation));

        Assert.Equal((MailboxCopyState.Cancelled, null), await StateAsync(core, account));
    }

    [Fact]
    public async Task Paused_it_waits_for_the_resume_and_the_node_that_has_it()
    {
        await using var core = await CoreFixture.CreateAsync();
        var account = await core.AddAccountAsync(await core.AddDomainAsync(), "gugus");
        var (service, journal) = (core.Get<MailboxCopyService>(), core.Get<MailboxCopyJournal>());
        CoreFixture.Value(await service.StartAsync(account.Id, Request, false, Actor.Panel, Cancellation));
        var id = Assert.Single(await ClaimAsync(core)).CopyId;
        Assert.Empty(await ClaimAsync(core));

        CoreFixture.Value(await service.PauseAsync(account.Id, Actor.Panel, Cancellation));
        Assert.Empty(await journal.KeepAsync("a", [id], TimeSpan.FromMinutes(1), Cancellation));
        CoreFixture.Value(await service.ResumeAsync(account.Id, Actor.Panel, Cancellation));
        Assert.Empty(await ClaimAsync(core));
        await journal.LeaveAsync(id, "a", Cancellation);

        Assert.Single(await ClaimAsync(core));
    }

    [Fact]
    public async Task A_node_that_died_loses_its_copies_and_a_deleted_account_has_none()
    {
        await using var core = await CoreFixture.CreateAsync();
        var account = await core.AddAccountAsync(await core.AddDomainAsync(), "gugus");
        CoreFixture.Value(await core.Get<MailboxCopyService>().StartAsync(account.Id, Request, false, Actor.Panel, Cancellation));
        Assert.Single(await ClaimAsync(core));
        core.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Single(await ClaimAsync(core));
        core.Clock.Advance(TimeSpan.FromMinutes(2));
        await core.ChangeAsync<Account>(account.Id, a => a.State = AccountState.Deleted);

        Assert.Empty(await ClaimAsync(core));

        Assert.Equal((MailboxCopyState.Cancelled, null), await StateAsync(core, account));
    }

    [Fact]
    public async Task One_server_gets_no_more_connections_than_the_settings_say()
    {
        await using var core = await CoreFixture.CreateAsync();
        var domain = await core.AddDomainAsync();
        foreach (var name in (string[])["a", "b", "c"])
        {
            var account = await core.AddAccountAsync(domain, name);
            CoreFixture.Value(await core.Get<MailboxCopyService>().StartAsync(account.Id, Request, false, Actor.Panel, Cancellation));
        }

        Assert.Equal(2, (await core.Get<MailboxCopyJournal>().ClaimAsync("a", 10, 2, TimeSpan.FromMinutes(1), Cancellation)).Count);
        Assert.Empty(await core.Get<MailboxCopyJournal>().ClaimAsync("b", 10, 2, TimeSpan.FromMinutes(1), Cancellation));
    }

    [Fact]
    public async Task Entries_are_checked_beside_their_fields_and_a_domain_admin_uses_the_ports_of_IMAP()
    {
        await using var core = await CoreFixture.CreateAsync();
        var domain = await core.AddDomainAsync();
        var account = await core.AddAccountAsync(domain, "gugus");
        var service = core.Get<MailboxCopyService>();
        var jens = CoreFixture.Jens(domain.Id);

        var nothing = Request with { Host = " ", User = "", Secret = "", Authentication = SourceAuthentication.Proxy };
        var empty = await service.StartAsync(account.Id, nothing, false, jens, Cancellation);
        Assert.Equal(["Host", "User", "ProxyUser", "Secret"], empty.Problems.Select(p => p.Field));
        CoreFixture.RefusedWith("CopyHostMalformed", "Host", await service.StartAsync(
            account.Id, Request with { Host = "a b" }, false, jens, Cancellation));
        CoreFixture.RefusedWith("CopyPortForbidden", "Port", await service.StartAsync(
            account.Id, Request with { Port = 22 }, false, jens, Cancellation));
        CoreFixture.Value(await service.StartAsync(
            account.Id, Request with { Host = "imaps://IMAP.old.example/" }, false, jens, Cancellation));
        await using var context = core.Database.Open();
        Assert.Equal(("imap.old.example", false), await context.MailboxCopies.Select(
            c => ValueTuple.Create(c.Host, c.ReachesPrivateNetworks)).SingleAsync(Cancellation));
        await Assert.ThrowsAsync<NotPermittedException>(
            () => service.CancelAsync(account.Id, CoreFixture.Jens(domain.Id + 1), Cancellation));
    }

    private static Task<IReadOnlyList<CopyAttempt>> ClaimAsync(CoreFixture core) =>
        core.Get<MailboxCopyJournal>().ClaimAsync("a", 10, 4, TimeSpan.FromMinutes(1), Cancellation);

    private static async Task<(MailboxCopyState, string?)> StateAsync(CoreFixture core, Account account)
    {
        var copy = (await core.Get<MailboxCopyRepository>().FindAsync(account.Id, Cancellation))!;
        return (copy.State, copy.Secret);
    }
}
