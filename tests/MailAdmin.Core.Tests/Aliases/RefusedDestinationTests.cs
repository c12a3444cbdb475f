using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Routing;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Aliases;

/// <summary>Destinations that lead nowhere, in a circle or twice to one mailbox.</summary>
public sealed class RefusedDestinationTests
{
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
}
