using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Hosters;
using MailAdmin.Core.Redirects;
using MailAdmin.Core.Routing;
using MailAdmin.Core.Vacations;
using Microsoft.EntityFrameworkCore;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Accounts;

public sealed class UndeleteTests
{
    [Fact]
    public async Task Of_an_address_that_was_given_away_meanwhile_it_is_said_whose_it_is()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        var account = await core.AddAccountAsync(domain, "gugus.dupont");
        Value(await core.Get<AccountAddressService>().AddAsync(account.Id, LocalPart.Parse("gugus"), Actor.Panel));
        Value(await core.Accounts.DeleteAsync(account.Id, null, forGood: false, Actor.Panel));
        await core.AddAccountAsync(domain, "gugus.dupont");
        await core.AddAliasAsync(domain, "gugus", "support@example.org");
        var deleted = (await core.Get<AccountRepository>().ListDeletedAsync(domain.Id))[0];

        Value(await core.Accounts.RestoreAsync(account.Id, Actor.Panel));

        var given = await core.Get<AccountAddressRepository>().ListGivenAwayAsync(domain, deleted);
        Assert.Equal(
            ["gugus.dupont: exemple0002", "gugus: "], given.Select(g => $"{g.LocalPart}: {g.Username}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_account_comes_back_with_all_that_led_to_it_and_all_that_it_did()
    {
        await using var core = await CreateAsync();
        var (domain, other) = (await core.AddDomainAsync(), await core.AddDomainAsync("voisin.example", "voisin"));
        var account = await core.AddAccountAsync(domain, "gugus.dupont");
        await core.AddAliasAsync(domain, "gugus", "exemple0001");
        await core.AddAliasAsync(other, "ventes", "gugus.dupont@exemple.be", "ami@example.org");
        Value(await core.Redirects.SetAsync(account.Id, new RedirectEdit(0, ["ami@example.net"], KeepsCopy: true), Actor.Panel));
        Value(await core.Get<VacationService>()
            .SaveAsync(account.Id, new(0, true, "Absent", "Je reviens lundi.", null, null, 7), Actor.Panel));
        var before = await MapsAsync(core);

        Value(await core.Accounts.DeleteAsync(account.Id, null, forGood: false, Actor.Panel));
        var meanwhile = await MapsAsync(core);
        Value(await core.Accounts.RestoreAsync(account.Id, Actor.Panel));

        Assert.DoesNotContain("exemple0001", meanwhile["ventes@voisin.example"], StringComparison.Ordinal);
        Assert.Equal(
            "550 5.2.1 Mailbox is disabled",
            (meanwhile.GetValueOrDefault("! gugus@exemple.be"), meanwhile["! gugus.dupont@exemple.be"]).Item2);
        Assert.Equal(before, await MapsAsync(core));
        Assert.True((await core.Get<VacationRepository>().FindAsync(account.Id))!.IsOn);
        Assert.Equal(new Quota(25_000), (await core.Get<AccountRepository>().FindAsync(domain.Id, account.Username))!.Quota);
    }

    [Fact]
    public async Task One_that_was_suspended_comes_back_suspended()
    {
        await using var core = await CreateAsync();
        var account = await core.AddAccountAsync(await core.AddDomainAsync(), "gugus.dupont");
        Value(await core.Get<AccountStateService>().SuspendAsync(account.Id, account.Version, holdsMail: true, Actor.Panel));
        Value(await core.Accounts.DeleteAsync(account.Id, null, forGood: false, Actor.Panel));
        Assert.Equal("550 5.2.1 Mailbox is disabled", (await core.MapAsync(PostfixMap.Refused))["gugus.dupont@exemple.be"]);

        var back = Value(await core.Accounts.RestoreAsync(account.Id, Actor.Panel));

        Assert.Equal(AccountState.Suspended, back.State);
        Assert.StartsWith("450 ", (await core.MapAsync(PostfixMap.Refused))["gugus.dupont@exemple.be"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_superuser_says_for_how_many_days()
    {
        await using var core = await CreateAsync();
        var account = await core.AddAccountAsync(await core.AddDomainAsync(), "gugus.dupont");
        var settings = new HosterSettings(null, null, ServerNaming.Generic, null, null, null, null);
        RefusedWith(
            "HosterUndeleteDaysOutOfRange", "UndeleteDays", await core.Get<HosterService>()
                .ChangeAsync(0, settings with { UndeleteDays = 0 }, Actor.Panel));
        RefusedWith(
            "HosterUndeleteDaysOutOfRange", "UndeleteDays", await core.Get<HosterService>()
                .ChangeAsync(0, settings with { UndeleteDays = 366 }, Actor.Panel));
        Value(await core.Get<HosterService>().ChangeAsync(0, settings with { UndeleteDays = 30 }, Actor.Panel));

        var deleted = Value(await core.Accounts.DeleteAsync(account.Id, null, forGood: false, Actor.Panel));
        core.Clock.Advance(TimeSpan.FromDays(29));
        await core.Accounts.PurgeDueAsync(TestContext.Current.CancellationToken);

        Assert.Equal(deleted.DeletedAt!.Value.AddDays(30), deleted.PurgeAt);
        Value(await core.Accounts.RestoreAsync(account.Id, Actor.Panel));
    }

    // Keys of the refused map have a "!" before them, because an address can be in two maps.
    private static async Task<SortedDictionary<string, string>> MapsAsync(CoreFixture core)
    {
        await using var context = core.Database.Open();
        var rows = await context.MapEntries.Where(e => e.Value != null && e.Map != PostfixMap.Senders && e.Map != PostfixMap.NoSending)
            .ToListAsync();
        return new(
            rows.ToDictionary(
                r => r.Map == PostfixMap.Refused ? $"! {r.Key}" : r.Map == PostfixMap.Virtual ? r.Key : $"{r.Map} {r.Key}", r => r.Value!),
                StringComparer.Ordinal);
    }
}
