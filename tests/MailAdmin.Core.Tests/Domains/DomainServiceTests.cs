using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Routing;
using Microsoft.EntityFrameworkCore;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Domains;

public sealed class DomainServiceTests
{
    // A domain name of 60 characters leaves three characters of a username for the local part.
    [Fact]
    public async Task Usernames_made_of_addresses_need_room_which_is_said_when_the_scheme_is_chosen()
    {
        await using var core = await CreateAsync();
        var name = DomainName.Parse($"{new string('d', 52)}.example");
        var request = new NewDomain(name, Prefix.Parse("long")) { NamingScheme = NamingScheme.LocalPartAndDomain };

        RefusedWith("DomainNamingSchemeTooLong", "NamingScheme", await core.Domains.CreateAsync(request, Actor.Panel));
        var domain = Value(await core.Domains.CreateAsync(request with { NamingScheme = NamingScheme.Numbered }, Actor.Panel));
        var edit = new DomainEdit(
            domain.Version, null, null, null, null, NamingScheme.LocalPartAndDomain, DomainState.Active, true, true, []);

        RefusedWith("DomainNamingSchemeTooLong", "NamingScheme", await core.Domains.EditAsync(domain.Id, edit, Actor.Panel));
    }

    // D9
    [Theory]
    [InlineData("origin.lab.example")]
    [InlineData("mx.lab.example")]
    public async Task A_name_of_the_mail_host_itself_is_refused(string name)
    {
        await using var core = await CreateAsync();

        RefusedWith(
            "DomainIsHostName", "Name",
            await core.Domains.CreateAsync(new NewDomain(DomainName.Parse(name), Prefix.Parse("own")), Actor.Panel));
    }

    // C083
    [Fact]
    public async Task Both_spellings_of_an_international_name_are_the_same_domain()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync("été-café.example", "cafe");

        var second = await core.Domains.CreateAsync(new NewDomain(DomainName.Parse(domain.Name.Value), Prefix.Parse("autre")), Actor.Panel);

        RefusedWith("DomainExists", "Name", second);
        Assert.Equal("été-café.example", Assert.Single(second.Problems).Args[0]);
    }

    // C151
    [Theory]
    [InlineData("mx.lab.example")]
    [InlineData("store.lab.example")]
    [InlineData("sub.store.lab.example")]
    public async Task The_hosts_own_names_cannot_be_hosted(string name)
    {
        await using var core = await CreateAsync();
        RefusedWith(
            "DomainIsHostName", "Name",
            await core.Domains.CreateAsync(new NewDomain(DomainName.Parse(name), Prefix.Parse("x")), Actor.Panel));
    }

    [Fact]
    public async Task Everything_wrong_with_a_domain_is_told_beside_its_field()
    {
        await using var core = await CreateAsync();
        await core.AddDomainAsync();

        var refused = await core.Domains.CreateAsync(new NewDomain(DomainName.Parse("exemple.be"), Prefix.Parse("exemple"))
        {
            MaxAccounts = -1,
            DefaultQuota = new Quota(2),
            MaxQuota = new Quota(1),
            Folders = ["a//b"],
        }, Actor.Panel);

        RefusedWith("DomainExists", "Name", refused);
        RefusedWith("PrefixTaken", "Prefix", refused);
        RefusedWith("DomainMaxAccountsNegative", "MaxAccounts", refused);
        RefusedWith("DomainDefaultAboveMaximum", "DefaultQuota", refused);
        RefusedWith("FolderMalformed", "Folders", refused);
    }

    // C081
    [Fact]
    public async Task Editing_the_default_quota_changes_neither_prefix_nor_series_nor_accounts()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        await core.AddAccountAsync(domain, "a");

        Value(await core.Domains.EditAsync(domain.Id, Edit(domain) with { DefaultQuota = new Quota(1) }, Actor.Panel));

        Assert.Equal("exemple0002", Value(await core.TryAddAccountAsync(domain, "b")).Username.Value);
        Assert.Equal(25_000, (await core.Get<AccountRepository>().ListAsync(domain, new(0, 10))).Rows[0].Quota!.Value.KiB);
    }

    [Fact]
    public async Task Another_naming_scheme_counts_for_accounts_to_come()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        await core.AddAccountAsync(domain, "a");

        Value(await core.Domains.EditAsync(domain.Id, Edit(domain) with { NamingScheme = NamingScheme.LocalPartAndDomain }, Actor.Panel));

        Assert.Equal("gugus.dupont.exemple.be", Value(await core.TryAddAccountAsync(domain, "gugus.dupont")).Username.Value);
        Assert.Equal("exemple0001", (await core.Get<AccountRepository>().ListAsync(domain, new(0, 10))).Rows[0].Username.Value);
    }

    // C100
    [Fact]
    public async Task Limits_below_what_is_in_use_are_told_with_their_numbers()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        foreach (var name in (string[])["a", "b", "c"]) await core.AddAccountAsync(domain, name);
        await core.AddAliasAsync(domain, "out", "x@example.org", "a@exemple.be");

        Value(await core.Domains.EditAsync(
            domain.Id, Edit(domain) with { MaxAccounts = 1, DefaultQuota = new Quota(10), MaxQuota = new Quota(10) }, Actor.Panel));

        Assert.Equal(new DomainUsage(3, 75_000, 0, 3, 1), await core.Get<DomainRepository>().UsageAsync(domain.Id));
    }

    // C100
    [Fact]
    public async Task A_lowered_maximum_leaves_what_exists_and_refuses_what_is_new()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        foreach (var n in Enumerable.Range(1, 5)) await core.AddAccountAsync(domain, $"u{n}");

        Value(await core.Domains.EditAsync(domain.Id, Edit(domain) with { MaxAccounts = 3 }, Actor.Panel));

        RefusedWith("DomainAccountsFull", null, await core.TryAddAccountAsync(domain, "u6"));
        Assert.Equal(5, (await core.MapAsync(PostfixMap.Virtual)).Count);
    }

    // C100
    [Theory]
    [InlineData(0, false)]
    [InlineData(null, true)]
    public async Task No_limit_and_none_allowed_are_different_things(int? max, bool allowed)
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync(max: max);
        Assert.Equal(allowed, (await core.TryAddAccountAsync(domain, "a")).Succeeded);
    }

    // C075, C077
    [Fact]
    public async Task A_deleted_domain_leaves_nothing_in_the_maps_and_other_peoples_aliases_lose_only_what_led_to_it()
    {
        await using var core = await CreateAsync();
        var (domain, neighbour) = (await core.AddDomainAsync(), await core.AddDomainAsync("voisin.example", "voisin"));
        var account = await core.AddAccountAsync(domain, "gugus.dupont");
        await core.AddAccountAsync(domain, "pascal");
        await core.AddAliasAsync(domain, "gugus", "exemple0001");
        await core.AddAliasAsync(neighbour, "list", "gugus@exemple.be", "exemple0002", "support@example.org");
        await core.ChangeAsync<MailDomain>(domain.Id, d => d.CatchAllAccountId = account.Id);

        var result = await core.DeleteAsync(domain);

        Assert.True(result.Succeeded);
        foreach (var map in PostfixMaps.All)
            Assert.DoesNotContain(
                await core.MapAsync(map), r => $"{r.Key} {r.Value}".Contains("exemple.be") || $"{r.Key} {r.Value}".Contains("exemple000"));
        Assert.Equal("support@example.org", (await core.MapAsync(PostfixMap.Virtual))["list@voisin.example"]);
        await using var context = core.Database.Open();
        Assert.Equal(["exemple0001", "exemple0002"], (await context.RetiredUsernames.ToListAsync()).Select(r => r.Username.Value).Order());
        Assert.Equal(2, await context.Jobs.CountAsync(t => t.Kind == JobKind.Removal));
    }

    private static DomainEdit Edit(MailDomain d) =>
        new(d.Version, d.MaxAccounts, d.DefaultQuota, d.MaxQuota, d.TotalQuota, d.NamingScheme, d.State, d.AllowsCatchAll,
        d.AllowsExternalDestinations, d.Folders);
}
