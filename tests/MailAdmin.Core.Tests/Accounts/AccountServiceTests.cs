using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Hosters;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Routing;
using Microsoft.EntityFrameworkCore;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Accounts;

public sealed class AccountServiceTests
{
    [Fact]
    public async Task The_first_account_of_the_manual_is_exemple0001()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();

        var account = Value(await core.TryAddAccountAsync(domain, "gugus.dupont"));

        Assert.Equal("exemple0001", account.Username.Value);
        Assert.Equal(25_000, account.Quota!.Value.KiB);
    }

    // C001
    [Fact]
    public async Task Digits_at_the_end_of_a_prefix_do_not_count_as_number()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync("shop.example", "shop24");

        var names = new[] { await core.AddAccountAsync(domain, "a"), await core.AddAccountAsync(domain, "b") }.Select(
            a => a.Username.Value);

        Assert.Equal(["shop240001", "shop240002"], names);
    }

    [Fact]
    public async Task Forty_creations_at_once_with_room_for_ten_make_ten_with_ten_numbers()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync(max: 10);

        var results = await Task.WhenAll(Enumerable.Range(1, 40).Select(n => Task.Run(() => core.TryAddAccountAsync(domain, $"user{n}"))));

        var made = results.Where(r => r.Succeeded).Select(r => r.Value!.Username.Value).Order().ToList();
        Assert.Equal(Enumerable.Range(1, 10).Select(n => $"exemple{n:0000}"), made);
        Assert.All(results.Where(r => !r.Succeeded), r => RefusedWith("DomainAccountsFull", null, r));
        await using var context = core.Database.Open();
        Assert.Equal(10, (await context.Domains.SingleAsync(d => d.Id == domain.Id, TestContext.Current.CancellationToken)).AccountCount);
    }

    // C156
    [Fact]
    public async Task Twenty_who_claim_one_address_at_once_get_it_once()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync(max: null);

        var accounts = Enumerable.Range(1, 10)
            .Select(_ => Task.Run(async () => (Core.Results.Result)await core.TryAddAccountAsync(domain, "vente")));
        var aliases = Enumerable.Range(1, 10).Select(_ => Task.Run(async () =>
            (Core.Results.Result)await core.Aliases.CreateAsync(domain.Id, LocalPart.Parse("vente"), [], Actor.Panel)));
        var results = await Task.WhenAll(accounts.Concat(aliases));

        Assert.Single(results, r => r.Succeeded);
        Assert.All(
            results.Where(r => !r.Succeeded), r =>
            Assert.Contains(r.Problems, p => p is { Code: "AddressTakenByAccount" or "AddressTakenByAlias", Field: "Address" }));
    }

    [Fact]
    public async Task A_username_is_never_used_twice_even_after_its_account_is_gone_for_good()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync("libre.example", "libre", change: d => d with { NamingScheme = NamingScheme.Free });
        var request = new NewAccount(domain.Id, LocalPart.Parse("lea"), new Quota(1), GoodPassword, GoodPassword, Username.Parse("lea"));
        var first = Value(await core.Accounts.CreateAsync(request, Actor.Panel));
        Value(await core.Accounts.DeleteAsync(first.Id, first.Version, forGood: true, Actor.Panel));

        var second = await core.Accounts.CreateAsync(request, Actor.Panel);

        // The username stays taken while the mailbox waits to be deleted in Cyrus, and for good afterwards.
        Assert.Contains(second.Problems, p => p is { Code: "UsernameTaken", Field: "Username" });
    }

    [Fact]
    public async Task Numbers_of_deleted_accounts_are_not_given_again()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        var first = await core.AddAccountAsync(domain, "a");
        Value(await core.Accounts.DeleteAsync(first.Id, first.Version, forGood: true, Actor.Panel));

        Assert.Equal("exemple0002", Value(await core.TryAddAccountAsync(domain, "a")).Username.Value);
    }

    [Fact]
    public async Task A_number_whose_name_another_prefix_has_used_is_skipped()
    {
        await using var core = await CreateAsync();
        var short_ = await core.AddDomainAsync("a.example", "shop");
        var long_ = await core.AddDomainAsync("b.example", "shop1");
        await core.AddAccountAsync(long_, "a");
        await core.Database.WriteAsync(Actor.Panel, write => write.Context.Domains.Where(d => d.Id == short_.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.NextNumber, 10_001)));

        Assert.Equal("shop10002", Value(await core.TryAddAccountAsync(short_, "a")).Username.Value);
    }

    [Fact]
    public async Task A_refused_creation_takes_no_number_no_place_and_no_quota()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        await core.AddAliasAsync(domain, "gugus");

        RefusedWith("AddressTakenByAlias", "Address", await core.TryAddAccountAsync(domain, "gugus"));
        RefusedWith("PasswordTooShort", "Password", await core.TryAddAccountAsync(domain, "autre", password: "a1"));

        await using var context = core.Database.Open();
        var after = await context.Domains.SingleAsync(TestContext.Current.CancellationToken);
        Assert.Equal((1, 0, 0), (after.NextNumber, after.AccountCount, after.AllocatedKiB));
        Assert.False(await context.Jobs.AnyAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_told_at_once()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        await core.AddAliasAsync(domain, "gugus");

        var refused = await core.TryAddAccountAsync(domain, "gugus", password: "a1");

        RefusedWith("AddressTakenByAlias", "Address", refused);
        RefusedWith("PasswordTooShort", "Password", refused);
    }

    [Fact]
    public async Task A_domain_admin_stays_below_the_domains_maximum_and_the_superuser_may_exceed_it()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync(change: d => d with { MaxQuota = new Quota(25_000) });

        RefusedWith("QuotaAboveDomainMaximum", "Quota", await core.TryAddAccountAsync(domain, "a", new Quota(25_001), Jens(domain.Id)));
        Value(await core.TryAddAccountAsync(domain, "b", new Quota(50_000), Actor.Panel));
    }

    [Fact] // C067
    public async Task A_domain_admin_gives_no_account_an_unlimited_quota_where_the_domain_has_a_limit()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync(change: d => d with { MaxQuota = new Quota(25_000) });
        var jens = Jens(domain.Id);
        var account = Value(await core.TryAddAccountAsync(domain, "a", new Quota(25_000), jens));

        RefusedWith(
            "QuotaAboveDomainMaximum", "Quota",
            await core.Accounts.CreateAsync(new NewAccount(domain.Id, LocalPart.Parse("b"), null, GoodPassword, GoodPassword), jens));
        RefusedWith("QuotaAboveDomainMaximum", "Quota", await core.Accounts.ChangeQuotaAsync(account.Id, account.Version, null, jens));
        RefusedWith(
            "QuotaAboveDomainMaximum", "Quota", await core.Accounts.ChangeQuotaAsync(account.Id, account.Version, new Quota(25_001), jens));
        foreach (var actor in (Actor[])[jens, Actor.Panel])
            RefusedWith("QuotaZero", "Quota", await core.Accounts.ChangeQuotaAsync(account.Id, account.Version, new Quota(0), actor));
        Value(await core.Accounts.ChangeQuotaAsync(account.Id, account.Version, null, Actor.Panel));
    }

    [Fact]
    public async Task Nobody_exceeds_the_domains_total()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync(change: d => d with { TotalQuota = new Quota(30_000) });
        Value(await core.TryAddAccountAsync(domain, "a", new Quota(25_000)));

        RefusedWith("QuotaDomainTotalExceeded", "Quota", await core.TryAddAccountAsync(domain, "b", new Quota(5_001)));
        Value(await core.TryAddAccountAsync(domain, "c", new Quota(5_000)));
    }

    // C070
    [Fact]
    public async Task A_quota_may_be_raised_up_to_the_allowance_and_lowered()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync(
            change: d => d with { DefaultQuota = new Quota(20_000), MaxQuota = new Quota(25_000), TotalQuota = new Quota(25_000) });
        var account = Value(await core.TryAddAccountAsync(domain, "a", new Quota(20_000)));

        account = Value(await core.Accounts.ChangeQuotaAsync(account.Id, account.Version, new Quota(25_000), Jens(domain.Id)));
        account = Value(await core.Accounts.ChangeQuotaAsync(account.Id, account.Version, new Quota(5_000), Jens(domain.Id)));

        await using var context = core.Database.Open();
        Assert.Equal(5_000, (await context.Domains.SingleAsync(TestContext.Current.CancellationToken)).AllocatedKiB);
    }

    [Fact]
    public async Task The_second_of_two_edits_drawn_from_one_form_is_told()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        var account = Value(await core.TryAddAccountAsync(domain, "a"));
        var drawn = account.Version;
        Value(await core.Accounts.ChangeQuotaAsync(account.Id, drawn, new Quota(1), Actor.Panel));

        RefusedWith("ChangedMeanwhile", null, await core.Accounts.ChangeQuotaAsync(account.Id, drawn, new Quota(2), Actor.Panel));
    }

    [Fact]
    public async Task Creating_accounts_does_not_spoil_an_open_form_of_their_domain()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        Value(await core.TryAddAccountAsync(domain, "a"));

        var edit = new DomainEdit(domain.Version, 20, new Quota(1), null, null, NamingScheme.Numbered, DomainState.Active, true, true, []);
        var edited = Value(await core.Domains.EditAsync(domain.Id, edit, Actor.Panel));

        await using var context = core.Database.Open();
        var after = await context.Domains.SingleAsync(TestContext.Current.CancellationToken);
        Assert.Equal((20, 1, 2), (edited.MaxAccounts, after.AccountCount, after.NextNumber));
    }

    // C005
    [Fact]
    public async Task A_deleted_account_leaves_nothing_in_the_maps_once_it_is_gone_for_good()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        var account = await core.AddAccountAsync(domain, "gugus.dupont");
        await core.AddAliasAsync(domain, "any", "exemple0001", "support@example.org");
        await core.ChangeAsync<MailDomain>(domain.Id, d => d.CatchAllAccountId = account.Id);

        Value(await core.Accounts.DeleteAsync(account.Id, account.Version, forGood: true, Actor.Panel));

        foreach (var map in PostfixMaps.All)
            Assert.DoesNotContain(
                await core.MapAsync(map), r => $"{r.Key} {r.Value}".Contains("exemple0001") || r.Key.StartsWith("gugus.dupont@"));
        Assert.Equal("support@example.org", (await core.MapAsync(PostfixMap.Virtual))["any@exemple.be"]);
        await using var context = core.Database.Open();
        Assert.Equal(JobKind.Removal, (await context.Jobs.SingleAsync(TestContext.Current.CancellationToken)).Kind);
    }

    [Fact]
    public async Task A_deleted_account_is_purged_when_its_time_has_come_and_not_before()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        var account = await core.AddAccountAsync(domain, "a");
        Value(await core.Accounts.DeleteAsync(account.Id, account.Version, forGood: false, Actor.Panel));

        core.Clock.Advance(TimeSpan.FromDays(Hoster.DefaultUndeleteDays) - TimeSpan.FromSeconds(1));
        await core.Accounts.PurgeDueAsync(default);
        Assert.Equal("550 5.2.1 Mailbox is disabled", (await core.MapAsync(PostfixMap.Refused))["a@exemple.be"]);

        core.Clock.Advance(TimeSpan.FromSeconds(1));
        await core.Accounts.PurgeDueAsync(default);
        Assert.DoesNotContain("a@exemple.be", await core.MapAsync(PostfixMap.Refused));
    }

    [Fact]
    public async Task A_changed_wish_gets_a_new_revision_so_that_the_worker_does_not_complete_the_old_one()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        var account = Value(await core.TryAddAccountAsync(domain, "a"));

        Value(await core.Accounts.ChangeQuotaAsync(account.Id, account.Version, new Quota(1), Actor.Panel));

        await using var context = core.Database.Open();
        Assert.Equal(2, (await context.Jobs.SingleAsync(TestContext.Current.CancellationToken)).Revision);
    }

    [Fact] // A15
    public async Task A_username_that_is_one_of_Cyrus_administrators_is_given_to_nobody()
    {
        await using var core = await CreateAsync();
        var free = await core.AddDomainAsync("libre.example", "libre", change: d => d with { NamingScheme = NamingScheme.Free });
        var chosen = await core.Accounts.CreateAsync(
            new NewAccount(free.Id, LocalPart.Parse("info"), new Quota(1), GoodPassword, GoodPassword, Username.Parse("imapadmin")),
            Actor.Panel);
        RefusedWith("UsernameReserved", "Username", chosen);

        var numbered = await core.AddDomainAsync("backup.example", "backup");
        foreach (var name in (string[])["a1", "a2", "a3"]) Value(await core.TryAddAccountAsync(numbered, name));
        await using var context = core.Database.Open();
        var usernames = await context.Accounts.Select(a => a.Username).ToListAsync();
        Assert.Equal(["backup0001", "backup0003", "backup0004"], usernames.Select(u => u.Value).Order(StringComparer.Ordinal));
    }
}
