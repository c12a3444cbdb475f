using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Hosters;
using MailAdmin.Core.Routing;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Accounts;

public sealed class AccountAddressTests
{
    [Fact]
    public async Task Mail_to_a_second_address_reaches_the_same_mailbox_and_its_owner_may_send_as_it()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        var account = await core.AddAccountAsync(domain, "gugus.dupont");

        Value(await Service(core).AddAsync(account.Id, LocalPart.Parse("gugus"), Jens(domain.Id)));

        Assert.Equal("exemple0001@store.lab.example", (await core.MapAsync(PostfixMap.Virtual))["gugus@exemple.be"]);
        Assert.Equal("exemple0001,gugus.dupont@exemple.be,gugus@exemple.be", (await core.MapAsync(PostfixMap.Senders))["gugus@exemple.be"]);
    }

    [Theory]
    [InlineData("marie", "AddressTakenByAccount", "exemple0002")]
    [InlineData("ANY", "AddressTakenByAlias", null)]
    public async Task An_address_of_another_account_or_alias_is_refused_and_it_is_said_whose_it_is(
        string taken, string code, string? username)
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        var account = await core.AddAccountAsync(domain, "gugus.dupont");
        await core.AddAccountAsync(domain, "marie");
        await core.AddAliasAsync(domain, "any", "exemple0001");

        var refused = await Service(core).AddAsync(account.Id, LocalPart.Parse(taken), Actor.Panel);

        RefusedWith(code, "Address", refused);
        Assert.Equal(username, refused.Problems[0].Link!.Username);
    }

    [Fact]
    public async Task The_last_address_stays_and_the_oldest_of_the_others_follows_the_official_one()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        var account = await core.AddAccountAsync(domain, "gugus.dupont");
        await Service(core).AddAsync(account.Id, LocalPart.Parse("gugus"), Actor.Panel);
        await Service(core).AddAsync(account.Id, LocalPart.Parse("dupont"), Actor.Panel);

        foreach (var next in (string[])["gugus", "dupont"])
        {
            Value(await Service(core).RemoveAsync(account.Id, (await AddressesAsync(core, account))[0].Id, Actor.Panel));
            Assert.Equal(
                (next, true), (await AddressesAsync(core, account)) is [var first, ..]
                ? (first.LocalPart.Value, first.IsPrimary) : default);
        }
        RefusedWith(
            "AccountLastAddress", null, await Service(core)
                .RemoveAsync(account.Id, (await AddressesAsync(core, account)).Single().Id, Actor.Panel));
    }

    [Fact]
    public async Task A_removed_address_leaves_aliases_and_maps_and_the_others_may_no_longer_send_as_it()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        var account = await core.AddAccountAsync(domain, "gugus.dupont");
        await Service(core).AddAsync(account.Id, LocalPart.Parse("gugus"), Actor.Panel);
        await core.AddAliasAsync(domain, "any", "gugus@exemple.be", "support@example.org");
        var gugus = (await AddressesAsync(core, account)).Single(a => a.LocalPart.Value == "gugus");
        Assert.Equal(1, gugus.AliasCount);

        Value(await Service(core).RemoveAsync(account.Id, gugus.Id, Jens(domain.Id)));

        Assert.Equal("support@example.org", (await core.MapAsync(PostfixMap.Virtual))["any@exemple.be"]);
        foreach (var map in PostfixMaps.All)
            Assert.DoesNotContain(
                await core.MapAsync(map), r => $"{r.Key} {r.Value}".Contains("gugus@exemple.be", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_official_address_is_the_one_that_was_chosen_and_no_other()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        var account = await core.AddAccountAsync(domain, "gugus.dupont");
        await Service(core).AddAsync(account.Id, LocalPart.Parse("gugus"), Actor.Panel);

        Value(await Service(core).MakePrimaryAsync(account.Id, (await AddressesAsync(core, account))[1].Id, Jens(domain.Id)));

        Assert.Equal(
            [("gugus", true), ("gugus.dupont", false)], (await AddressesAsync(core, account))
                .Select(a => (a.LocalPart.Value, a.IsPrimary)));
    }

    [Fact]
    public async Task Whoever_may_not_edit_the_domain_changes_no_address()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        var account = await core.AddAccountAsync(domain, "gugus.dupont");
        var support = new Actor(3, "sam", AdminRole.Support, null, null);

        foreach (var actor in new[] { Jens(domain.Id + 1), support })
            await Assert.ThrowsAsync<NotPermittedException>(() => Service(core).AddAsync(account.Id, LocalPart.Parse("gugus"), actor));
        Assert.Single(await AddressesAsync(core, account));
    }

    [Fact]
    public async Task What_an_alias_elsewhere_loses_is_counted_for_those_who_may_not_see_it()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        var other = await core.AddDomainAsync("voisin.example", "voisin");
        var account = await core.AddAccountAsync(domain, "gugus.dupont");
        await core.AddAliasAsync(domain, "gugus", "exemple0001");
        await core.AddAliasAsync(domain, "any", "exemple0001", "support@example.org");
        await core.AddAliasAsync(other, "ventes", "gugus.dupont@exemple.be");

        var seen = await core.Get<DeletionImpactReader>().OfAccountAsync(account.Id, new HashSet<long> { domain.Id });
        var all = await core.Get<DeletionImpactReader>().OfAccountAsync(account.Id, null);

        Assert.Equal([("any@exemple.be", false), ("gugus@exemple.be", true)], seen.Aliases.Select(a => (a.Display, a.IsLast)));
        Assert.Equal(1, seen.ForeignAliases);
        Assert.Equal((3, 0), (all.Aliases.Count, all.ForeignAliases));
    }

    [Fact]
    public async Task Redirects_that_lead_to_an_account_lose_it_and_one_without_another_destination_refuses_until_it_is_gone_for_good()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        var other = await core.AddDomainAsync("voisin.example", "voisin");
        var gone = await core.AddAccountAsync(domain, "gugus.dupont");
        var (only, copying, both) = (
            await core.AddAccountAsync(domain, "only"), await core.AddAccountAsync(domain, "copying"),
            await core.AddAccountAsync(other, "both"));
        Value(await core.Redirects.SetAsync(only.Id, new(0, ["exemple0001"], false), Actor.Panel));
        Value(await core.Redirects.SetAsync(copying.Id, new(0, ["gugus.dupont@exemple.be"], true), Actor.Panel));
        Value(await core.Redirects.SetAsync(both.Id, new(0, ["exemple0001", "support@example.org"], false), Actor.Panel));

        var seen = await core.Get<DeletionImpactReader>().OfAccountAsync(gone.Id, new HashSet<long> { domain.Id });

        Assert.Equal(
            [("copying@exemple.be", true, true), ("only@exemple.be", true, false)],
            seen.Redirects.Select(r => (r.Display, r.IsLast, r.KeepsCopy)));
        Assert.Equal(1, seen.ForeignRedirects);
        Value(await core.Accounts.DeleteAsync(gone.Id, gone.Version, forGood: false, Actor.Panel));
        Assert.StartsWith("550", (await core.MapAsync(PostfixMap.Refused))["only@exemple.be"], StringComparison.Ordinal);
        Assert.DoesNotContain("copying@exemple.be", (IDictionary<string, string>)await core.MapAsync(PostfixMap.Refused));
        core.Clock.Advance(TimeSpan.FromDays(Hoster.DefaultUndeleteDays));
        await core.Accounts.PurgeDueAsync(TestContext.Current.CancellationToken);
        Assert.Equal("exemple0002@store.lab.example", (await core.MapAsync(PostfixMap.Virtual))["only@exemple.be"]);
        Assert.DoesNotContain("only@exemple.be", (IDictionary<string, string>)await core.MapAsync(PostfixMap.Refused));
    }

    private static AccountAddressService Service(CoreFixture core) => core.Get<AccountAddressService>();

    private static Task<IReadOnlyList<AccountAddress>> AddressesAsync(CoreFixture core, Account account) =>
        core.Get<AccountAddressRepository>().ListAsync(account.Id);
}
