using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.CatchAlls;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Redirects;
using MailAdmin.Core.Routing;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Addresses;

/// <summary>Who makes the addresses that speak for a whole domain, and who points them elsewhere.</summary>
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
        RefusedWith(
            "AddressGuarded", "Destinations",
            await core.Redirects.SetAsync(account.Id, new RedirectEdit(0, ["me@example.org"], false), jens));

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
}
