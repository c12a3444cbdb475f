using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Routing;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Aliases;

public sealed class AliasServiceTests
{
    // C018
    [Fact]
    public async Task Removing_one_destination_leaves_exactly_the_others()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        await core.AddAccountAsync(domain, "gugus.dupont");
        await core.AddAccountAsync(domain, "compta");
        var alias = await core.AddAliasAsync(domain, "any", "exemple0001", "support@example.org", "compta@exemple.be");

        Value(await core.Aliases.RemoveDestinationsAsync(alias.Id, [alias.Destinations[1].Id], Actor.Panel));

        Assert.Equal("exemple0001@store.lab.example,compta@exemple.be", (await core.MapAsync(PostfixMap.Virtual))["any@exemple.be"]);
    }

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

    // What users type for an address of this domain, and what mail programs write.
    [Theory]
    [InlineData("gugus.dupont", "gugus.dupont@exemple.be")]
    [InlineData("Gugus.Dupont+dossier@exemple.be", "gugus.dupont@exemple.be")]
    [InlineData("\ufeffmailto:gugus.dupont@exemple.be?subject=x\u200e", "gugus.dupont@exemple.be")]
    [InlineData("exemple0001", "exemple0001@store.lab.example")]
    [InlineData("postmaster@mx.lab.example", "postmaster@mx.lab.example")] // D8
    [InlineData("support+x@example.org", "support+x@example.org")]
    public async Task A_destination_is_understood_as_it_is_meant(string text, string published)
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        await core.AddAccountAsync(domain, "gugus.dupont");

        await core.AddAliasAsync(domain, "vers", text);

        Assert.Equal(published, (await core.MapAsync(PostfixMap.Virtual))["vers@exemple.be"]);
    }

    [Fact]
    public async Task One_address_in_three_spellings_is_one_destination()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        await core.AddAccountAsync(domain, "gugus.dupont");

        await core.AddAliasAsync(
            domain, "vers", "gugus.dupont@exemple.be", "GUGUS.DUPONT@Exemple.be.", "gugus.dupont+x@exemple.be", "x@example.org",
            "X@EXAMPLE.ORG");

        Assert.Equal("gugus.dupont@exemple.be,x@example.org", (await core.MapAsync(PostfixMap.Virtual))["vers@exemple.be"]);
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

    // C022
    [Theory]
    [InlineData("exemple0001", "DestinationDuplicate")]
    [InlineData("EXEMPLE0001", "DestinationDuplicate")]
    [InlineData("gugus.dupont@exemple.be", "DestinationSameMailbox")]
    [InlineData("Support@Example.org", "DestinationDuplicate")]
    public async Task What_is_a_destination_already_is_refused_however_it_is_spelt(string text, string code)
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        await core.AddAccountAsync(domain, "gugus.dupont");
        var alias = await core.AddAliasAsync(domain, "gugus", "exemple0001", "support@example.org");

        RefusedWith(code, "Destinations", await core.Aliases.AddDestinationsAsync(alias.Id, [text], Actor.Panel));
    }

    // C024, C026
    [Theory]
    [InlineData("exemple0099", "DestinationUnknownName")]
    [InlineData("voisin0001", "DestinationUnknownName")]
    [InlineData("root", "DestinationUnknownName")]
    [InlineData("/dev/null", "DestinationUnknownName")]
    [InlineData("|sh -c id", "DestinationMalformed")]
    [InlineData(":include:/x", "DestinationUnknownName")]
    [InlineData("devnull@localhost", "DestinationMalformed")]
    [InlineData("\"|id\"@exemple.be", "DestinationMalformed")]
    [InlineData("\"a\r\nRCPT TO:<x@example.org>\"@exemple.be", "AddressInvisible")] // C122
    [InlineData("inconnu@exemple.be", "DestinationUnknownAddress")]
    [InlineData("inconnu+x@exemple.be", "DestinationUnknownAddress")]
    [InlineData("pas une adresse", "DestinationMalformed")]
    [InlineData("gu\u200bgus@example.org", "AddressInvisible")]
    [InlineData("nobody@mx.lab.example", "DestinationHostName")] // D8
    [InlineData("bert%d.example@origin.lab.example", "DestinationHostName")]
    [InlineData("exemple0001@store.lab.example", "DestinationUnknownAddress")]
    public async Task A_destination_that_leads_nowhere_is_refused_and_nothing_of_it_reaches_a_map(string text, string code)
    {
        await using var core = await CreateAsync();
        var (domain, neighbour) = (await core.AddDomainAsync(), await core.AddDomainAsync("voisin.example", "voisin"));
        await core.AddAccountAsync(domain, "gugus.dupont");
        await core.AddAccountAsync(neighbour, "lea");

        var refused = await core.Aliases.CreateAsync(domain.Id, LocalPart.Parse("vers"), [text], Jens(domain.Id));

        RefusedWith(code, "Destinations", refused);
        foreach (var map in PostfixMaps.All) Assert.DoesNotContain(await core.MapAsync(map), r => r.Key.StartsWith("vers@"));
    }

    // C028
    [Theory]
    [InlineData("asso@example.brussels")]
    [InlineData("o'neil@example.org")]
    [InlineData("jean+liste@example.org")]
    [InlineData("a_b@sub.example.museum")]
    public async Task Valid_outside_addresses_reach_the_map_unchanged(string text)
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();

        await core.AddAliasAsync(domain, "vers", text);

        Assert.Equal(text, (await core.MapAsync(PostfixMap.Virtual))["vers@exemple.be"]);
    }

    // C016
    [Fact]
    public async Task An_alias_cannot_lead_to_itself()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        var alias = await core.AddAliasAsync(domain, "boucle");

        RefusedWith(
            "DestinationItself", "Destinations", await core.Aliases.AddDestinationsAsync(alias.Id, ["boucle@exemple.be"], Actor.Panel));
    }

    [Fact]
    public async Task A_loop_over_several_aliases_is_refused_with_its_path()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        var first = await core.AddAliasAsync(domain, "a");
        await core.AddAliasAsync(domain, "b", "a@exemple.be");
        await core.AddAliasAsync(domain, "c", "b@exemple.be");

        var refused = await core.Aliases.AddDestinationsAsync(first.Id, ["c@exemple.be"], Actor.Panel);

        RefusedWith("DestinationLoop", "Destinations", refused);
        Assert.Contains(
            "a@exemple.be → c@exemple.be → b@exemple.be → a@exemple.be", refused.Problems.SelectMany(p => p.Args).Cast<string>());
        Assert.DoesNotContain("a@exemple.be", await core.MapAsync(PostfixMap.Virtual));
    }

    [Fact]
    public async Task More_results_than_Postfix_expands_are_refused_also_for_an_alias_above_the_changed_one()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        var below = await core.AddAliasAsync(domain, "below", "x@example.org");
        await core.AddAliasAsync(domain, "above", [.. Enumerable.Range(1, 300).Select(n => $"u{n}@example.org"), "below@exemple.be"]);

        string[] many = [.. Enumerable.Range(1, 300).Select(n => $"v{n}@example.net")];

        RefusedWith("DestinationTooMany", "Destinations", await core.Aliases.AddDestinationsAsync(below.Id, many, Actor.Panel));
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
