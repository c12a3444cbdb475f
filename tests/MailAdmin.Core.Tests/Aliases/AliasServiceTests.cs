using MailAdmin.Core.Admins;
using MailAdmin.Core.Routing;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Aliases;

/// <summary>Destinations are understood as they are meant, and the map has exactly those.</summary>
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
}
