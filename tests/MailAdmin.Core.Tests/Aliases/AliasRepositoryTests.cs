using MailAdmin.Core.Accounts;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Domains;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Aliases;

public sealed class AliasRepositoryTests
{
    [Fact]
    public async Task An_empty_domain_has_an_empty_page()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();

        Assert.Empty((await core.Get<AliasRepository>().ListAsync(domain, new(0, 10))).Rows);
    }

    [Fact]
    public async Task The_list_shows_the_first_destinations_of_each_alias_and_counts_them_all()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        await core.AddAccountAsync(domain, "gugus.dupont");
        await core.AddAliasAsync(domain, "gugus", "exemple0001");
        await core.AddAliasAsync(
            domain, "any", ["exemple0001", "gugus@exemple.be", .. Enumerable.Range(1, 10).Select(n => $"u{n}@example.org")]);

        var page = await core.Get<AliasRepository>().ListAsync(domain, new(0, 10));

        Assert.Equal(["any", "gugus"], page.Rows.Select(r => r.LocalPart.Value));
        Assert.Equal(
            ["exemple0001", "gugus@exemple.be", "u1@example.org", "u2@example.org", "u3@example.org"],
            page.Rows[0].Destinations.Select(d => d.Display));
        Assert.Equal((12, 1), (page.Rows[0].DestinationCount, page.Rows[1].DestinationCount));
    }

    [Theory] // C129, C133
    [InlineData(null, AliasSort.Address, false, "a_b axb gugus")]
    [InlineData(null, AliasSort.Address, true, "gugus axb a_b")]
    [InlineData(null, AliasSort.Destinations, false, "a_b axb gugus")]
    [InlineData(null, AliasSort.Destinations, true, "gugus a_b axb")]
    [InlineData("a_b", AliasSort.Address, false, "a_b")]
    [InlineData("%", AliasSort.Address, false, "gugus")]
    [InlineData("SUPPORT@ex", AliasSort.Address, false, "gugus")]
    [InlineData("exemple0001", AliasSort.Address, false, "gugus")]
    [InlineData("b@exem", AliasSort.Address, false, "a_b axb gugus")]
    [InlineData("xb@exemple.be", AliasSort.Address, false, "axb gugus")]
    [InlineData("xb@voisin", AliasSort.Address, false, "")]
    public async Task The_list_is_sorted_and_searched_over_all_rows(string? search, AliasSort sort, bool descending, string expected)
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        await core.AddAccountAsync(domain, "gugus.dupont");
        await core.AddAliasAsync(domain, "a_b");
        await core.AddAliasAsync(domain, "axb");
        await core.AddAliasAsync(domain, "gugus", "exemple0001", "Support@example.org", "50%@example.org", "axb@exemple.be");
        var found = new List<string>();

        for (var first = 0; ; first += 2)
        {
            var page = await core.Get<AliasRepository>().ListAsync(domain, new(first, 2, sort, descending, search));
            found.AddRange(page.Rows.Select(r => r.LocalPart.Value));
            if (!page.HasNext) break;
        }

        Assert.Equal(expected, string.Join(' ', found));
    }

    [Fact]
    public async Task Beyond_the_end_is_the_last_page()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        for (var n = 1; n <= 3; n++) await core.AddAliasAsync(domain, $"a{n}");

        var page = await core.Get<AliasRepository>().ListAsync(domain, new(40, 2));

        Assert.Equal((2, 3, "a3"), (page.First, page.Total, page.Rows.Single().LocalPart.Value));
    }

    [Fact]
    public async Task One_alias_is_read_page_by_page_and_only_in_its_own_domain()
    {
        await using var core = await CreateAsync();
        var (domain, neighbour) = (await core.AddDomainAsync(), await core.AddDomainAsync("voisin.example", "voisin"));
        var alias = await core.AddAliasAsync(domain, "any", [.. Enumerable.Range(1, 12).Select(n => $"u{n}@example.org")]);
        var aliases = core.Get<AliasRepository>();

        Assert.Null(await aliases.FindAsync(neighbour.Id, alias.Id, 0, 10));
        var (found, second) = (await aliases.FindAsync(domain.Id, alias.Id, 10, 10))!.Value;
        Assert.Equal(12, found.DestinationCount);
        Assert.Equal(["u11@example.org", "u12@example.org"], second.Rows.Select(r => r.Display));
        Assert.False(second.HasNext);
    }

    [Fact]
    public async Task Each_destination_says_what_becomes_of_its_copy()
    {
        await using var core = await CreateAsync();
        var (domain, neighbour) = (await core.AddDomainAsync(), await core.AddDomainAsync("voisin.example", "voisin"));
        string[] parts = ["ok", "suspendu", "coupe", "plein", "parti"];
        var accounts = new List<Account>();
        foreach (var part in parts) accounts.Add(await core.AddAccountAsync(domain, part));
        Value(await core.TryAddAccountAsync(domain, "neuf"));
        await core.AddAccountAsync(neighbour, "lea");
        await core.AddAliasAsync(domain, "vide");
        var alias = await core.AddAliasAsync(
            domain, "any",
            [.. parts.Append("neuf").Append("vide")
                .Select(p => p + "@exemple.be"), "lea@voisin.example", "x@tiers.example", "support@example.org"]);
        await core.ChangeAsync<Account>(accounts[1].Id, a => a.State = AccountState.Suspended);
        await core.ChangeAsync<Account>(accounts[2].Id, a => a.Services &= ~MailProtocols.Receiving);
        await core.ChangeAsync<Account>(accounts[3].Id, a => a.IsFull = true);
        await core.ChangeAsync<Account>(accounts[4].Id, a => a.State = AccountState.Deleted);
        await core.ChangeAsync<MailDomain>(neighbour.Id, d => d.State = DomainState.Suspended);
        await core.AddDomainAsync("tiers.example", "tiers");

        var (_, page) = (await core.Get<AliasRepository>().FindAsync(domain.Id, alias.Id, 0, 10))!.Value;

        Assert.Equal(
            [
                DestinationState.Takes, DestinationState.Suspended, DestinationState.NotReceiving, DestinationState.Full,
                DestinationState.Gone,
                DestinationState.BeingMade, DestinationState.LeadsNowhere, DestinationState.Suspended, DestinationState.Gone,
                DestinationState.Takes,
            ],
            page.Rows.Select(r => r.State));
    }

    [Fact]
    public async Task Before_an_alias_goes_those_that_lead_to_it_are_named_and_those_of_others_counted()
    {
        await using var core = await CreateAsync();
        var (domain, neighbour) = (await core.AddDomainAsync(), await core.AddDomainAsync("voisin.example", "voisin"));
        var alias = await core.AddAliasAsync(domain, "any", "support@example.org");
        await core.AddAliasAsync(domain, "own", "any@exemple.be");
        await core.AddAliasAsync(neighbour, "foreign", "any@exemple.be");

        var impact = (await core.Get<AliasRepository>().FindDeletionImpactAsync(domain.Id, alias.Id, new HashSet<long> { domain.Id }))!;

        Assert.Equal(
            ("own", 1, "support@example.org"),
            (impact.Dependents.Single().LocalPart.Value, impact.HiddenDependents, impact.Alias.Destinations.Single().Display));
        Assert.Equal(2, (await core.Get<AliasRepository>().FindDeletionImpactAsync(domain.Id, alias.Id, null))!.Dependents.Count);
        Assert.Null(await core.Get<AliasRepository>().FindDeletionImpactAsync(neighbour.Id, alias.Id, null));
    }
}
