using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Routing;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Aliases;

/// <summary>Destinations outside the panel, and those in the domains of other customers.</summary>
public sealed class ForeignDestinationTests
{
    [Fact]
    public async Task Where_outside_is_forbidden_only_hosted_addresses_are_destinations_for_the_superuser_too()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        await core.AddAccountAsync(domain, "gugus.dupont");
        await core.AddAccountAsync(await core.AddDomainAsync("voisin.example", "voisin"), "lea");
        var alias = await core.AddAliasAsync(domain, "any", "support@example.org");
        await core.ChangeAsync<Core.Domains.MailDomain>(domain.Id, d => d.AllowsExternalDestinations = false);

        foreach (var actor in (Actor[])[Actor.Panel, Jens(domain.Id)])
        {
            RefusedWith(
                "DestinationExternalForbidden", "Destinations",
                await core.Aliases.AddDestinationsAsync(alias.Id, ["x@example.org"], actor));
            RefusedWith(
                "DestinationExternalForbidden", "Destinations",
                await core.Aliases.CreateAsync(domain.Id, LocalPart.Parse("new"), ["x@example.net"], actor));
        }
        Value(await core.Aliases.AddDestinationsAsync(alias.Id, ["exemple0001", "lea@voisin.example"], Jens(domain.Id)));

        // The external destination that the alias had before stays.
        Assert.Equal(
            "support@example.org,exemple0001@store.lab.example,lea@voisin.example",
            (await core.MapAsync(PostfixMap.Virtual))["any@exemple.be"]);
    }

    [Fact]
    public async Task Where_the_superuser_forbids_it_an_alias_leads_to_hosted_domains_alone()
    {
        await using var core = await CreateAsync();
        var (domain, relayed) = (await core.AddDomainAsync(), await core.AddDomainAsync("voisin.example", "voisin"));
        await core.ChangeAsync<MailDomain>(domain.Id, d => d.AllowsExternalDestinations = false);
        await core.ChangeAsync<MailDomain>(relayed.Id, d => (d.Routing, d.NextHop) = (DomainRouting.Relay, "smtp:[192.0.2.1]:25"));
        await core.AddAccountAsync(domain, "gugus.dupont");

        var alias = await core.AddAliasAsync(domain, "any", "exemple0001", "lea@voisin.example");

        RefusedWith(
            "DestinationExternalForbidden", "Destinations",
            await core.Aliases.AddDestinationsAsync(alias.Id, ["x@example.org"], Actor.Panel));
    }

    // A5: an admin learns no more than port 25 tells everyone.
    [Fact]
    public async Task Of_another_customers_addresses_nobody_learns_whose_they_are()
    {
        await using var core = await CreateAsync();
        var (domain, neighbour) = (await core.AddDomainAsync(), await core.AddDomainAsync("voisin.example", "voisin"));
        var lea = await core.AddAccountAsync(neighbour, "lea");
        Value(await core.Get<Core.Accounts.AccountAddressService>().AddAsync(lea.Id, LocalPart.Parse("l"), Actor.Panel));
        var theirs = await core.AddAliasAsync(neighbour, "secret", "support@example.org");
        var alias = Value(
            await core.Aliases.CreateAsync(
                domain.Id, LocalPart.Parse("vers"), ["lea@voisin.example", "l@voisin.example", "secret@voisin.example"], Jens(domain.Id)));

        Value(await core.Aliases.AddDestinationsAsync(theirs.Id, ["voisin0001"], Actor.Panel));
        Value(await core.Redirects.SetAsync(lea.Id, new(0, ["secret@voisin.example"], KeepsCopy: true), Actor.Panel));
        RefusedWith(
            "DestinationSameMailbox", "Destinations", await core.Aliases.AddDestinationsAsync(alias.Id, ["voisin0001"], Actor.Panel));
        await core.AddAliasAsync(neighbour, "tour", "vers@exemple.be");
        var circle = await core.Aliases.AddDestinationsAsync(alias.Id, ["tour@voisin.example"], Jens(domain.Id));

        RefusedWith("DestinationLoop", "Destinations", circle);
        Assert.DoesNotContain("voisin", (string)circle.Problems[0].Args[0], StringComparison.Ordinal);
    }

    // C092
    [Fact]
    public async Task A_foreign_username_is_as_unknown_as_one_that_does_not_exist()
    {
        await using var core = await CreateAsync();
        var (domain, neighbour) = (await core.AddDomainAsync(), await core.AddDomainAsync("voisin.example", "voisin"));
        await core.AddAccountAsync(neighbour, "lea");

        var foreign = await core.Aliases.CreateAsync(domain.Id, LocalPart.Parse("x"), ["voisin0001"], Jens(domain.Id));
        var unknown = await core.Aliases.CreateAsync(domain.Id, LocalPart.Parse("x"), ["voisin0002"], Jens(domain.Id));

        Assert.Equal(unknown.Problems.Select(p => (p.Code, p.Field)), foreign.Problems.Select(p => (p.Code, p.Field)));
    }
}
