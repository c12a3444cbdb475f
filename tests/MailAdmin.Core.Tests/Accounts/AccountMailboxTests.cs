using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Routing;
using Microsoft.EntityFrameworkCore;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Accounts;

public sealed class AccountMailboxTests
{
    private static readonly FoundMailbox Found = new(MailboxId.New(), 12, 3_000, 2, ["anyone lrs"], "ailleurs");

    [Fact]
    public async Task An_account_that_never_had_a_mailbox_gets_the_next_number_and_its_rows_follow()
    {
        await using var core = await CreateAsync();
        var account = Value(await core.TryAddAccountAsync(await core.AddDomainAsync(), "lea"));

        var renamed = Value(await core.Get<AccountMailboxService>().RenameAsync(account.Id, account.Version, null, Actor.Panel));

        Assert.Equal("exemple0002", renamed.Username.Value);
        Assert.NotEqual(account.MailboxId, renamed.MailboxId);
        await using var context = core.Database.Open();
        Assert.Equal(
            "exemple0002@store.lab.example", await context.MapEntries.Where(e => e.Map == PostfixMap.Virtual && e.Key == "lea@exemple.be")
                .Select(e => e.Value).SingleAsync());
        // Nobody else gets the old username, and only the mailbox that was created for this account is deleted.
        Assert.Equal(account.MailboxId, (await context.RetiredUsernames.SingleAsync(r => r.Username == account.Username)).MailboxId);
        Assert.Equal("exemple0003", (await core.AddAccountAsync((await context.Domains.SingleAsync()), "max")).Username.Value);
    }

    [Fact]
    public async Task Where_names_are_chosen_another_one_has_to_be_typed_that_nobody_had()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync("libre.example", "libre", change: d => d with { NamingScheme = NamingScheme.Free });
        var account = Value(
            await core.Accounts.CreateAsync(
                new NewAccount(domain.Id, LocalPart.Parse("lea"), null, GoodPassword, GoodPassword, Username.Parse("lea")), Actor.Panel));
        var service = core.Get<AccountMailboxService>();

        RefusedWith(
            "UsernameTakenByAccount", "Username", await service.RenameAsync(account.Id, account.Version, account.Username, Actor.Panel));
        Assert.Equal(
            "lea2", Value(await service.RenameAsync(account.Id, account.Version, Username.Parse("lea2"), Actor.Panel)).Username.Value);
    }

    [Fact]
    public async Task Once_the_mailbox_is_in_place_the_username_stays()
    {
        await using var core = await CreateAsync();
        var account = await core.AddAccountAsync(await core.AddDomainAsync(), "lea");

        RefusedWith(
            "AccountMailboxInPlace", null, await core.Get<AccountMailboxService>()
                .RenameAsync(account.Id, account.Version, null, Actor.Panel));
    }

    [Fact]
    public async Task Taking_over_is_the_superusers_is_recorded_and_keeps_the_account_closed_until_the_worker_has_cleared_it()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        var account = Value(await core.TryAddAccountAsync(domain, "lea"));
        var service = core.Get<AccountMailboxService>();
        await Assert.ThrowsAsync<NotPermittedException>(
            () => service.TakeOverAsync(account.Id, account.Version, Found, TakeOver.RemoveRights, Jens(domain.Id)));

        var taken = Value(await service.TakeOverAsync(account.Id, account.Version, Found, TakeOver.RemoveRights, Actor.Panel));

        Assert.Equal((Found.Id, TakeOver.RemoveRights, false), (taken.MailboxId, taken.TakeOver, taken.MailboxReady));
        await using var context = core.Database.Open();
        var record = await context.AuditEvents.SingleAsync(e => e.Kind == "account.mailbox-taken-over");
        Assert.Contains("anyone lrs", record.After, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_outcome_about_a_mailbox_that_the_account_no_longer_has_opens_nothing()
    {
        await using var core = await CreateAsync();
        var account = Value(await core.TryAddAccountAsync(await core.AddDomainAsync(), "lea"));
        var outbox = core.Get<OutboxRepository>();
        var jobs = await outbox.ClaimAsync("test", 10, TimeSpan.FromMinutes(1), default);
        Value(await core.Get<AccountMailboxService>().RenameAsync(account.Id, account.Version, null, Actor.Panel));

        await outbox.RecordAsync(
            [.. jobs.Select(t => new JobOutcome(t) { Mailbox = new(account.MailboxId, account.MailboxId, null) })], default);

        await using var context = core.Database.Open();
        Assert.False(await context.Accounts.Select(a => a.MailboxReady).SingleAsync());
    }
}
