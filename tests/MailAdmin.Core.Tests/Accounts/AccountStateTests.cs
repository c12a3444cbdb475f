using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Hosters;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Routing;
using Microsoft.EntityFrameworkCore;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Accounts;

public sealed class AccountStateTests
{
    [Theory]
    [InlineData(true, "450 4.2.1 Mailbox is suspended, try again later")]
    [InlineData(false, "550 5.2.1 Mailbox is disabled")]
    public async Task Mail_of_a_suspended_account_is_held_or_refused_and_never_the_catch_alls(bool holds, string answer)
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        var account = await core.AddAccountAsync(domain, "gugus.dupont");
        var holder = await core.AddAccountAsync(domain, "marie");
        await core.ChangeAsync<MailDomain>(domain.Id, d => d.CatchAllAccountId = holder.Id);

        Value(await States(core).SuspendAsync(account.Id, account.Version, holds, Jens(domain.Id)));

        Assert.Equal(answer, (await core.MapAsync(PostfixMap.Refused))["gugus.dupont@exemple.be"]);
        // This row keeps Postfix from looking up the catch-all's row.
        Assert.Equal("exemple0001@store.lab.example", (await core.MapAsync(PostfixMap.Virtual))["gugus.dupont@exemple.be"]);
        Assert.DoesNotContain("gugus.dupont@exemple.be", await core.MapAsync(PostfixMap.Senders));
    }

    [Fact]
    public async Task A_resumed_account_receives_and_sends_again()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        var account = await core.AddAccountAsync(domain, "gugus.dupont");
        var suspended = Value(await States(core).SuspendAsync(account.Id, account.Version, holdsMail: true, Actor.Panel));

        Value(await States(core).ResumeAsync(account.Id, suspended.Version, Jens(domain.Id)));

        Assert.Empty(await core.MapAsync(PostfixMap.Refused));
        Assert.Contains("gugus.dupont@exemple.be", await core.MapAsync(PostfixMap.Senders));
    }

    [Fact]
    public async Task Of_two_who_suspend_from_one_form_the_second_is_told()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        var account = Value(await core.TryAddAccountAsync(domain, "a"));
        var drawn = account.Version;
        Value(await States(core).SuspendAsync(account.Id, drawn, holdsMail: true, Actor.Panel));

        RefusedWith("ChangedMeanwhile", null, await States(core).SuspendAsync(account.Id, drawn, holdsMail: false, Actor.Panel));
    }

    [Theory]
    [InlineData(MailProtocols.All & ~MailProtocols.Receiving, "550 5.2.1 Mailbox is disabled", true)]
    [InlineData(MailProtocols.All & ~MailProtocols.Smtp, null, false)]
    public async Task Services_that_are_off_are_off_in_the_maps(MailProtocols services, string? refusal, bool sends)
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        var account = await core.AddAccountAsync(domain, "gugus.dupont");

        Value(await States(core).ChangeServicesAsync(account.Id, account.Version, services, Jens(domain.Id)));

        Assert.Equal(refusal, (await core.MapAsync(PostfixMap.Refused)).GetValueOrDefault("gugus.dupont@exemple.be"));
        Assert.Equal(sends, (await core.MapAsync(PostfixMap.Senders)).ContainsKey("gugus.dupont@exemple.be"));
        Assert.Equal(sends ? [] : ["exemple0001", "gugus.dupont@exemple.be"], (await core.MapAsync(PostfixMap.NoSending)).Keys.Order());
    }

    [Fact]
    public async Task Who_may_not_send_stands_in_the_map_under_each_name_that_people_sign_in_with_and_leaves_it_when_they_may_again()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        await core.Get<DomainAliasService>().AddAsync(domain.Id, [DomainName.Parse("exemple.com")], Actor.Panel);
        var account = await core.AddAccountAsync(domain, "gugus.dupont");
        await core.AddAccountAsync(domain, "marie");
        string[] mine = ["exemple0001", "gugus.dupont@exemple.be", "gugus.dupont@exemple.com"];

        var suspended = Value(await States(core).SuspendAsync(account.Id, account.Version, holdsMail: true, Actor.Panel));
        Assert.Equal(mine, (await core.MapAsync(PostfixMap.NoSending)).Keys.Order());
        Value(await States(core).ResumeAsync(account.Id, suspended.Version, Actor.Panel));
        Assert.Empty(await core.MapAsync(PostfixMap.NoSending));

        await core.ChangeAsync<MailDomain>(domain.Id, d => d.State = DomainState.Suspended);
        Assert.Equal(
            [.. mine.Append("exemple0002").Append("marie@exemple.be").Append("marie@exemple.com").Order()],
            (await core.MapAsync(PostfixMap.NoSending)).Keys.Order());
        await core.ChangeAsync<MailDomain>(domain.Id, d => d.State = DomainState.Active);
        Assert.Empty(await core.MapAsync(PostfixMap.NoSending));

        Value(await core.Accounts.DeleteAsync(account.Id, null, forGood: false, Actor.Panel));
        Assert.Equal(mine, (await core.MapAsync(PostfixMap.NoSending)).Keys.Order());
    }

    [Theory]
    [InlineData("suspended", true)]
    [InlineData("imap off", true)]
    [InlineData("new password", true)]
    [InlineData("deleted", true)]
    [InlineData("receiving off", false)]
    [InlineData("new quota", false)]
    public async Task Open_sessions_end_when_what_opened_them_no_longer_would(string what, bool ends)
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        var (id, version) = (await core.AddAccountAsync(domain, "a")) is var a ? (a.Id, a.Version) : default;

        Value(what switch
        {
            "suspended" => await States(core).SuspendAsync(id, version, holdsMail: true, Actor.Panel),
            "imap off" => await States(core).ChangeServicesAsync(id, version, MailProtocols.All & ~MailProtocols.Imap, Actor.Panel),
            "receiving off" =>
                await States(core).ChangeServicesAsync(id, version, MailProtocols.All & ~MailProtocols.Receiving, Actor.Panel),
            "new password" => await core.Accounts.ChangePasswordAsync(id, "Negen4Paarden!", "Negen4Paarden!", Actor.Panel),
            "deleted" => await core.Accounts.DeleteAsync(id, version, forGood: false, Actor.Panel),
            _ => await core.Accounts.ChangeQuotaAsync(id, version, new Quota(1), Actor.Panel),
        });

        await using var context = core.Database.Open();
        Assert.Equal(
            ends, await context.Jobs.AnyAsync(
                t => t.Kind == JobKind.SignOut && t.SubjectId == id, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Everybody_of_a_suspended_domain_is_signed_out()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        var other = await core.AddDomainAsync("voisin.example", "voisin");
        var (a, b) = (await core.AddAccountAsync(domain, "a"), await core.AddAccountAsync(domain, "b"));
        await core.AddAccountAsync(other, "lea");
        // This account already has a sign-out job. The job may run before the suspension.
        Value(await core.Accounts.ChangePasswordAsync(a.Id, "Negen4Paarden!", "Negen4Paarden!", Actor.Panel));

        var edit = new DomainEdit(
            domain.Version, 10, new Quota(25_000), null, null, NamingScheme.Numbered, DomainState.Suspended, true, true, []);
        Value(await core.Domains.EditAsync(domain.Id, edit, Actor.Panel));

        await using var context = core.Database.Open();
        var jobs = await context.Jobs.Where(t => t.Kind == JobKind.SignOut).OrderBy(t => t.SubjectId)
            .ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal([(a.Id, 2L), (b.Id, 1L)], jobs.Select(t => (t.SubjectId, t.Revision)));
    }

    [Fact]
    public async Task A_deleted_account_comes_back_with_its_address_and_its_place()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync(max: 1);
        var account = await core.AddAccountAsync(domain, "gugus.dupont");
        Value(await core.Accounts.DeleteAsync(account.Id, account.Version, forGood: false, Jens(domain.Id)));
        Assert.Equal("550 5.2.1 Mailbox is disabled", (await core.MapAsync(PostfixMap.Refused))["gugus.dupont@exemple.be"]);

        Value(await core.Accounts.RestoreAsync(account.Id, Jens(domain.Id)));

        Assert.Empty(await core.MapAsync(PostfixMap.Refused));
        RefusedWith("DomainAccountsFull", null, await core.TryAddAccountAsync(domain, "autre"));
        core.Clock.Advance(TimeSpan.FromDays(Hoster.DefaultUndeleteDays) + TimeSpan.FromDays(1));
        await core.Accounts.PurgeDueAsync(default);
        Assert.NotNull(await core.Get<AccountRepository>().FindAsync(domain.Id, account.Username));
    }

    [Fact]
    public async Task One_whose_place_was_taken_does_not_come_back_and_a_given_away_address_stays_where_it_is()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync(max: 1);
        var account = await core.AddAccountAsync(domain, "gugus.dupont");
        Value(await core.Accounts.DeleteAsync(account.Id, account.Version, forGood: false, Actor.Panel));
        await core.AddAccountAsync(domain, "gugus.dupont");

        RefusedWith("DomainAccountsFull", null, await core.Accounts.RestoreAsync(account.Id, Actor.Panel));
        await core.ChangeAsync<MailDomain>(domain.Id, d => d.MaxAccounts = 2);
        Value(await core.Accounts.RestoreAsync(account.Id, Actor.Panel));

        Assert.Equal("exemple0002@store.lab.example", (await core.MapAsync(PostfixMap.Virtual))["gugus.dupont@exemple.be"]);
        Assert.Empty((await core.Get<AccountRepository>().FindAsync(domain.Id, account.Username))!.Addresses);
    }

    [Fact]
    public async Task Deleting_for_good_is_the_superusers_alone()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        var account = Value(await core.TryAddAccountAsync(domain, "a"));

        await Assert.ThrowsAsync<NotPermittedException>(
            () => core.Accounts.DeleteAsync(account.Id, account.Version, forGood: true, Jens(domain.Id)));

        Assert.NotNull(await core.Get<AccountRepository>().FindAsync(domain.Id, account.Username));
    }

    private static AccountStateService States(CoreFixture core) => core.Get<AccountStateService>();
}
