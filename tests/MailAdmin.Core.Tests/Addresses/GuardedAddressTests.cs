using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.CatchAlls;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Hosters;
using MailAdmin.Core.Redirects;
using MailAdmin.Core.Routing;
using MailAdmin.Core.Tests.Data;
using static MailAdmin.Core.Tests.Admins.AdminRightsTests;
using static MailAdmin.Core.Tests.Data.CoreFixture;

namespace MailAdmin.Core.Tests.Addresses;

public sealed class GuardedAddressTests
{
    public static TheoryData<string> Guarded => [.. GuardedAddresses.All.Select(p => p.Value)];

    [Theory, MemberData(nameof(Guarded))]
    public async Task A_domain_admin_makes_none_of_them_in_any_way(string part)
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        var account = await core.AddAccountAsync(domain, "gugus");
        var jens = Jens(domain.Id);

        RefusedWith("AddressGuarded", "Address", await core.TryAddAccountAsync(domain, part, actor: jens));
        RefusedWith("AddressGuarded", "Address", await core.Get<AccountAddressService>().AddAsync(account.Id, LocalPart.Parse(part), jens));
        RefusedWith("AddressGuarded", "Address", await core.Aliases.CreateAsync(domain.Id, LocalPart.Parse(part), ["exemple0001"], jens));
    }

    [Fact]
    public async Task What_the_superuser_made_goes_on_and_is_pointed_nowhere_else()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        var account = await core.AddAccountAsync(domain, "postmaster");
        var alias = await core.AddAliasAsync(domain, "admin", "exemple0001");
        var jens = Jens(domain.Id);

        RefusedWith("AddressGuarded", "Destinations", await core.Aliases.AddDestinationsAsync(alias.Id, ["me@example.org"], jens));
        RefusedWith("AddressGuarded", "Destinations", await core.Redirects.SetAsync(account.Id, new RedirectEdit(0, ["me@example.org"], false), jens));

        Assert.Equal("exemple0001@store.lab.example", (await core.MapAsync(PostfixMap.Virtual))["admin@exemple.be"]);
        Value(await core.Aliases.AddDestinationsAsync(alias.Id, ["me@example.org"], Actor.Panel));
    }

    [Fact]
    public async Task With_the_superusers_leave_its_admin_makes_them_and_the_catch_all_receives_them()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        var account = await core.AddAccountAsync(domain, "gugus");
        await core.Get<CatchAllService>().SetAsync(account.Id, null, Actor.Panel);
        Assert.StartsWith("550 5.1.1", (await core.MapAsync(PostfixMap.Refused))["admin@exemple.be"], StringComparison.Ordinal);

        await core.ChangeAsync<MailDomain>(domain.Id, d => d.AllowsGuardedAddresses = true);

        Assert.Empty(await core.MapAsync(PostfixMap.Refused));
        Value(await core.Aliases.CreateAsync(domain.Id, LocalPart.Parse("webmaster"), ["exemple0001"], Jens(domain.Id)));
    }

    [Fact]
    public async Task Postmaster_and_abuse_reach_the_hoster_where_a_domain_has_none()
    {
        await using var core = await CreateAsync();
        var jens = await FirstAsync(core);
        var domain = await core.AddDomainAsync();
        await core.Get<DomainAliasService>().AddAsync(domain.Id, [DomainName.Parse("exemple.com")], Actor.Panel);
        Value(await core.Get<HosterService>().ChangeRoleAddressAsync(0, AddrSpec.Parse("noc@hoster.example"), ActorOf(jens)));

        foreach (var address in (string[])["postmaster@exemple.be", "abuse@exemple.be", "postmaster@exemple.com"])
            Assert.Equal("noc@hoster.example", (await core.MapAsync(PostfixMap.Virtual))[address]);
        var resolved = await core.Get<ResolverRepository>().ResolveAsync(AddrSpec.Parse("Postmaster+x@exemple.be"), default);
        Assert.Equal((Verdict.Delivered, "noc@hoster.example"), (resolved.Verdict, resolved.Destinations.Single()));

        var account = await core.AddAccountAsync(domain, "postmaster");
        Assert.Equal("exemple0001@store.lab.example", (await core.MapAsync(PostfixMap.Virtual))["postmaster@exemple.be"]);
        Assert.Equal("noc@hoster.example", (await core.MapAsync(PostfixMap.Virtual))["abuse@exemple.be"]);
        Value(await core.Get<AccountAddressService>().AddAsync(account.Id, LocalPart.Parse("gugus"), Actor.Panel));
        await using var context = core.Database.Open();
        var first = context.Addresses.Single(a => a.LocalPart == LocalPart.Parse("postmaster")).Id;
        Value(await core.Get<AccountAddressService>().RemoveAsync(account.Id, first, Actor.Panel));
        Assert.Equal("noc@hoster.example", (await core.MapAsync(PostfixMap.Virtual))["postmaster@exemple.be"]);
    }

    [Fact]
    public async Task The_support_address_stands_in_and_a_change_of_it_reaches_every_domain()
    {
        await using var core = await CreateAsync();
        var jens = await FirstAsync(core);
        foreach (var name in (string[])["exemple", "voisin"]) await core.AddDomainAsync($"{name}.example", name);
        foreach (var support in (string[])["help@hoster.example", "aide@hoster.example"])
        {
            var hoster = core.Get<HosterRepository>();
            Value(await core.Get<HosterService>().ChangeAsync(hoster.Current.Version, new(null, AddrSpec.Parse(support), ServerNaming.Generic, null, null, null, null), ActorOf(jens)));

            var rows = await core.MapAsync(PostfixMap.Virtual);
            Assert.All((string[])["postmaster@exemple.example", "abuse@voisin.example"], a => Assert.Equal(support, rows[a]));
        }
    }

    [Fact]
    public async Task A_role_address_here_that_is_nobodys_is_refused()
    {
        await using var core = await CreateAsync();
        var jens = await FirstAsync(core);
        await core.AddDomainAsync();

        RefusedWith("HosterRoleAddressUnknown", "RoleAddress", await core.Get<HosterService>().ChangeRoleAddressAsync(0, AddrSpec.Parse("postmaster@exemple.be"), ActorOf(jens)));
    }

    [Theory]
    [InlineData("sub.exemple.be")]
    [InlineData("a.b.exemple.be")]
    [InlineData("sub.exemple.com")]
    public async Task Below_another_customers_domain_the_superuser_is_told_first(string name)
    {
        await using var core = await CreateAsync();
        var jens = ActorOf(await FirstAsync(core));
        var domain = await core.AddDomainAsync();
        var other = await core.AddDomainAsync("voisin.example", "voisin");
        await core.Get<DomainAliasService>().AddAsync(domain.Id, [DomainName.Parse("exemple.com")], Actor.Panel);
        var request = new NewDomain(DomainName.Parse(name), Prefix.Parse("sub"));

        RefusedWith("DomainRelated", "AcceptsRelated", await core.Domains.CreateAsync(request, jens));
        RefusedWith("DomainRelated", "AcceptsRelated", await core.Get<DomainAliasService>().AddAsync(other.Id, [request.Name], jens));
        Value(await core.Domains.CreateAsync(request with { AcceptsRelated = true }, jens));
        await Assert.ThrowsAsync<NotPermittedException>(() => core.Domains.CreateAsync(request, Jens(domain.Id)));
    }

    [Fact]
    public async Task Above_another_customers_domain_too_but_not_beside_it_nor_below_ones_own()
    {
        await using var core = await CreateAsync();
        var jens = ActorOf(await FirstAsync(core));
        var domain = await core.AddDomainAsync("mail.exemple.be");

        RefusedWith("DomainRelated", "AcceptsRelated", await core.Domains.CreateAsync(new(DomainName.Parse("exemple.be"), Prefix.Parse("x")), jens));
        Value(await core.Domains.CreateAsync(new(DomainName.Parse("autremail.exemple.be"), Prefix.Parse("autre")), jens));
        Value(await core.Get<DomainAliasService>().AddAsync(domain.Id, [DomainName.Parse("sub.mail.exemple.be")], jens));
    }
}
