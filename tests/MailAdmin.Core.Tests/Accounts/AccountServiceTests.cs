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

/// <summary>What the creation, the edit and the deletion of an account do and refuse.</summary>
public sealed class AccountServiceTests
{
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
}
