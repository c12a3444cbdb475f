using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Hosters;
using MailAdmin.Core.Search;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Search;

public sealed class SearchRepositoryTests
{
    [Theory]
    [InlineData("EXEMPLE.BE", "Domain exemple.be")]
    [InlineData("xemple.c", "Domain exemple.com")]
    [InlineData("exemple0001", "Account exemple0001, Destination exemple0001")]
    [InlineData("dupont", "Account gugus.dupont")]
    [InlineData("gugus.dupont@exemple.com", "Account gugus.dupont@exemple.com")]
    [InlineData("dupont@exemple.b", "Account gugus.dupont@exemple.be")]
    [InlineData("any@", "Alias any@exemple.be")]
    [InlineData("support@example", "Destination support@example.org")]
    [InlineData("ali@voisin", "Account pascali@voisin.example, Destination pascali@voisin.example")]
    [InlineData("xample.org", "Destination support@example.org")]
    [InlineData("nobody", "")]
    [InlineData("nobody@exemple.be", "")]
    public async Task Part_of_a_name_an_address_or_a_destination_finds_it(string typed, string expected)
    {
        await using var core = await ExampleAsync();

        Assert.Equal(expected, await FindAsync(core, typed));
    }

    // C129
    [Theory]
    [InlineData("a_b", "Alias a_b")]
    [InlineData("_", "Alias a_b")]
    [InlineData("%", "Destination 50%@example.org")]
    [InlineData("0%@ex", "Destination 50%@example.org")]
    [InlineData("\\", "")]
    [InlineData("a_b\\", "")]
    [InlineData("\"", "")]
    [InlineData("x\" OR \"a", "")]
    [InlineData("a*b", "")]
    [InlineData("'; DROP TABLE Accounts; --", "")]
    [InlineData("\"><img src=x onerror=alert(1)>", "")] // C114
    public async Task Every_character_means_itself(string typed, string expected)
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        await core.AddAliasAsync(domain, "a_b");
        await core.AddAliasAsync(domain, "axb", "50%@example.org", "axb2@example.org");

        Assert.Equal(expected, await FindAsync(core, typed));
        Assert.Equal(expected, await FindAsync(core, typed, Jens(domain.Id)));
    }

    [Theory]
    [InlineData("été", "Domain été.example, Destination info@été.example")]
    [InlineData("ét", "Domain été.example, Destination info@été.example")]
    [InlineData("xn--t-9f", "Domain été.example, Destination info@été.example")]
    [InlineData("info@été.example", "Alias info@été.example, Destination info@été.example")]
    [InlineData("@école", "Destination a@école.example")]
    public async Task Names_are_found_as_people_write_them(string typed, string expected)
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync("été.example", "ete");
        await core.AddAliasAsync(domain, "info", "a@école.example");
        await core.AddAliasAsync(domain, "plus", "info@été.example");

        Assert.Equal(expected, await FindAsync(core, typed));
    }

    [Fact]
    public async Task The_likest_come_first_and_the_shorter_before_the_longer()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        foreach (var part in (string[])["xlea", "team.lea", "leander", "lea", "lea2", "o-lea"]) await core.AddAliasAsync(domain, part);

        Assert.Equal("Alias lea, Alias lea2, Alias leander, Alias o-lea, Alias team.lea, Alias xlea", await FindAsync(core, "lea"));
        Assert.Equal(
            "Alias lea, Alias lea2, Alias leander, Alias o-lea, Alias team.lea, Alias xlea", await FindAsync(core, "lea", Jens(domain.Id)));
    }

    // C089, C092
    [Fact]
    public async Task Nothing_of_other_domains_is_found()
    {
        await using var core = await ExampleAsync();
        var own = (await core.Get<DomainRepository>().FindAsync(DomainName.Parse("exemple.be")))!.Domain.Id;

        foreach (var typed in (string[])["voisin", "voisin0001", "pascali", "pascali@voisin.example", "v", "example.net", "lis"])
            Assert.DoesNotContain(
                "voisin.example", (await ResultsAsync(core, typed, Jens(own).Domains)).SelectMany(g => g.Hits)
                    .Select(h => h.Domain.Name.Value));
        // With many domains the index is searched, and it shows no more.
        Assert.Equal("", await FindAsync(core, "example.net", Jens([own, .. Enumerable.Range(1_000, 50)])));
        Assert.Equal("Account gugus.dupont", await FindAsync(core, "dupont", Jens([own, .. Enumerable.Range(1_000, 50)])));
    }

    [Fact]
    public async Task A_deleted_account_is_hidden_and_what_is_gone_is_not_found()
    {
        await using var core = await ExampleAsync();
        var account = (await ResultsAsync(core, "exemple0001", null))[0].Hits[0].Account!;

        Value(await core.Accounts.DeleteAsync(account.Id, account.Version, forGood: false, Actor.Panel));
        Assert.Equal("Destination exemple0001", await FindAsync(core, "exemple0001"));
        core.Clock.Advance(TimeSpan.FromDays(Hoster.DefaultUndeleteDays));
        await core.Accounts.PurgeDueAsync(default);

        Assert.Equal("", await FindAsync(core, "exemple0001"));
        Assert.Equal("", await FindAsync(core, "gugus.dupont"));
    }

    [Fact]
    public async Task A_redirect_is_found_by_where_it_leads_by_those_who_see_its_account()
    {
        await using var core = await CreateAsync();
        var (domain, neighbour) = (await core.AddDomainAsync(), await core.AddDomainAsync("voisin.example", "voisin"));
        var (gugus, pascali) = (await core.AddAccountAsync(domain, "gugus.dupont"), await core.AddAccountAsync(neighbour, "pascali"));
        Value(await core.Redirects.SetAsync(gugus.Id, new(0, ["Home@example.net", "pascali@voisin.example"], false), Actor.Panel));

        Assert.Equal("Redirect home@example.net", await FindAsync(core, "home@ex", Jens(domain.Id)));
        Assert.Equal("", await FindAsync(core, "home@ex", Jens(neighbour.Id)));
        Assert.Equal("Account pascali, Redirect pascali@voisin.example", await FindAsync(core, "pascali"));
        Assert.Equal(gugus.Id, (await ResultsAsync(core, "example.net", null))[0].Hits[0].Account!.Id);
        Assert.True((await core.Redirects.RemoveAsync(gugus.Id, 1, Actor.Panel)).Succeeded);
        Assert.Equal("", await FindAsync(core, "home@ex"));
        Value(await core.Accounts.DeleteAsync(pascali.Id, pascali.Version, forGood: true, Actor.Panel));
        Assert.Equal("", await FindAsync(core, "pascali"));
    }

    [Fact]
    public async Task Each_kind_shows_as_many_as_asked_for_and_says_that_there_are_more()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        for (var n = 1; n <= 4; n++) await core.AddAliasAsync(domain, $"liste{n}", $"liste@example{n}.org");

        var all = await core.Get<SearchRepository>().FindAsync(SearchText.Of("liste")!, null, null, 3);
        var alone = await core.Get<SearchRepository>().FindAsync(SearchText.Of("liste")!, null, SearchKind.Alias, 4);

        Assert.Equal(
            [(SearchKind.Alias, 3, true), (SearchKind.Destination, 3, true)], all.Groups.Select(g => (g.Kind, g.Hits.Count, g.HasMore)));
        Assert.Equal([(SearchKind.Alias, 4, false)], alone.Groups.Select(g => (g.Kind, g.Hits.Count, g.HasMore)));
        Assert.All(all.Groups.Concat(alone.Groups), g => Assert.Equal((4, true), (g.Page.Total, g.IsAll)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" \t")]
    public void Without_a_text_nothing_is_looked_for(string? typed) => Assert.Null(SearchText.Of(typed));

    private static async Task<CoreFixture> ExampleAsync()
    {
        var core = await CreateAsync();
        var (domain, neighbour) = (await core.AddDomainAsync(), await core.AddDomainAsync("voisin.example", "voisin"));
        await core.Database.WriteAsync(Actor.Panel, write =>
        {
            write.Context.DomainAliases.Add(
                new DomainAlias { DomainId = domain.Id, Name = DomainName.Parse("exemple.com"), CreatedAt = write.Now });
            return Task.CompletedTask;
        });
        await core.AddAccountAsync(domain, "gugus.dupont");
        await core.AddAccountAsync(neighbour, "pascali");
        await core.AddAliasAsync(domain, "any", "exemple0001", "support@example.org", "pascali@voisin.example");
        await core.AddAliasAsync(neighbour, "liste", "x@example.net");
        return core;
    }

    private static async Task<IReadOnlyList<SearchGroup>> ResultsAsync(CoreFixture core, string typed, IReadOnlySet<long>? visible) =>
        (await core.Get<SearchRepository>().FindAsync(SearchText.Of(typed)!, visible, null, 10)).Groups;

    private static async Task<string> FindAsync(CoreFixture core, string typed, Actor? actor = null)
    {
        var groups = await ResultsAsync(core, typed, actor?.Domains);
        Assert.All(
            groups.SelectMany(g => g.Hits.Select(h => (g.Kind, Hit: h))), f =>
            Assert.True(f.Kind == SearchKind.Domain || f.Hit.Account is not null || f.Hit.Alias is not null));
        return string.Join(", ", groups.SelectMany(g => g.Hits.Select(h => $"{g.Kind} {h.Text}")));
    }
}
