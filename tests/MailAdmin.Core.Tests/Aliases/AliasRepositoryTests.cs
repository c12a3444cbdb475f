using MailAdmin.Core.Aliases;
using MailAdmin.Core.Tests.Data;
using static MailAdmin.Core.Tests.Data.CoreFixture;

namespace MailAdmin.Core.Tests.Aliases;

public sealed class AliasRepositoryTests
{
    [Fact]
    public async Task An_empty_domain_has_an_empty_page()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();

        Assert.Empty((await core.Get<AliasRepository>().ListAsync(domain.Id, 0, 10)).Rows);
    }

    [Fact]
    public async Task The_list_shows_the_first_destinations_of_each_alias_and_counts_them_all()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        await core.AddAccountAsync(domain, "gugus.dupont");
        await core.AddAliasAsync(domain, "gugus", "exemple0001");
        await core.AddAliasAsync(domain, "any", ["exemple0001", "gugus@exemple.be", .. Enumerable.Range(1, 10).Select(n => $"u{n}@example.org")]);

        var page = await core.Get<AliasRepository>().ListAsync(domain.Id, 0, 10);

        Assert.Equal(["any", "gugus"], page.Rows.Select(r => r.LocalPart.Value));
        Assert.Equal(["exemple0001", "gugus@exemple.be", "u1@example.org", "u2@example.org", "u3@example.org"], page.Rows[0].Destinations.Select(d => d.Display));
        Assert.Equal((12, 1), (page.Rows[0].DestinationCount, page.Rows[1].DestinationCount));
    }

    [Fact]
    public async Task One_alias_is_read_whole_and_only_in_its_own_domain()
    {
        await using var core = await CreateAsync();
        var (domain, neighbour) = (await core.AddDomainAsync(), await core.AddDomainAsync("voisin.example", "voisin"));
        var alias = await core.AddAliasAsync(domain, "any", [.. Enumerable.Range(1, 12).Select(n => $"u{n}@example.org")]);
        var aliases = core.Get<AliasRepository>();

        Assert.Equal(12, (await aliases.FindAsync(domain.Id, alias.Id))!.Destinations.Count);
        Assert.Null(await aliases.FindAsync(neighbour.Id, alias.Id));
        var second = await aliases.ListDestinationsAsync(alias.Id, 10, 10);
        Assert.Equal(["u11@example.org", "u12@example.org"], second.Rows.Select(r => r.Display));
        Assert.False(second.HasNext);
    }
}
