using MailAdmin.Core.Accounts;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Tests.Domains;

public sealed class DomainRepositoryTests
{
    // C133
    [Theory]
    [InlineData(DomainSort.Name, "a.example b.example c.example d.example")]
    [InlineData(DomainSort.Prefix, "d.example c.example b.example a.example")]
    [InlineData(DomainSort.Accounts, "a.example b.example d.example c.example")]
    [InlineData(DomainSort.Quota, "b.example a.example d.example c.example")]
    [InlineData(DomainSort.Aliases, "b.example c.example d.example a.example")]
    [InlineData(DomainSort.State, "a.example b.example c.example d.example")]
    public async Task Each_column_sorts_all_rows_and_what_is_equal_keeps_one_order_on_every_page(DomainSort sort, string expected)
    {
        await using var core = await CoreFixture.CreateAsync();
        var (a, _, c, d) = (
            await AddAsync(core, "a", "p4", 25), await AddAsync(core, "b", "p3", 5), await AddAsync(core, "c", "p2", null),
            await AddAsync(core, "d", "p1", 25));
        await core.AddAccountAsync(c, "pascal");
        await core.AddAliasAsync(a, "info", "x@example.org");
        await core.ChangeAsync<MailDomain>(d.Id, x => x.State = DomainState.Suspended);

        Assert.Equal(expected.Split(' '), await WalkAsync(core, sort, descending: false));
        // The order is reversed, except among equal domains, which stay in the order in which they were created.
        var back = await WalkAsync(core, sort, descending: true);
        Assert.Equal(expected.Split(' ').Order(), back.Order());
        Assert.NotEqual(expected.Split(' '), back);
    }

    // C129
    [Theory]
    [InlineData("é", "été-café.example")]
    [InlineData("É-CAF", "été-café.example")]
    [InlineData("xn--t-caf", "été-café.example")]
    [InlineData("t-caf", "été-café.example")]
    [InlineData("autre", "exemple.be")]
    [InlineData("ñ", "exemple.be")]
    [InlineData("demo-1", "voisin.example")]
    [InlineData("exemple", "exemple.be")]
    [InlineData("example", "été-café.example voisin.example exemple.be")]
    [InlineData("%", "")]
    [InlineData("_", "")]
    [InlineData("\\", "")]
    [InlineData("v_isin", "")]
    [InlineData("' OR 1=1", "")]
    public async Task Search_finds_exactly_what_contains_the_text_in_a_name_another_name_or_a_prefix(string text, string expected)
    {
        await using var core = await CoreFixture.CreateAsync();
        await core.AddDomainAsync("été-café.example", "cafe");
        await core.AddDomainAsync("voisin.example", "demo-1");
        var domain = await core.AddDomainAsync();
        await AddNameAsync(core, domain, "autre.example");
        await AddNameAsync(core, domain, "españa.be");

        var page = await core.Get<DomainRepository>().ListAsync(null, new(0, 10, Search: text));

        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(), page.Rows.Select(r => r.Name.Display).Order());
        Assert.Equal(page.Rows.Count, page.Total);
    }

    [Fact]
    public async Task Names_are_sorted_as_people_read_them()
    {
        await using var core = await CoreFixture.CreateAsync();
        foreach (
            var (name, prefix) in new[] { ("zoo.example", "zoo"), ("été.example", "ete"), ("esel.example", "esel"), ("eul.example", "eul"),
            ("ähre.example", "ahre") })
            await core.AddDomainAsync(name, prefix);
        string[] expected = ["ähre.example", "esel.example", "été.example", "eul.example", "zoo.example"];
        Assert.Equal(expected, await SortedAsync(core));
    }

    [Fact]
    public async Task Search_stays_within_the_domains_that_one_may_see()
    {
        await using var core = await CoreFixture.CreateAsync();
        var own = await core.AddDomainAsync("own-café.example", "own");
        await core.AddDomainAsync("other-café.example", "other");

        Assert.Equal(
            "own-café.example",
            Assert.Single(
                (await core.Get<DomainRepository>()
                    .ListAsync(new HashSet<long> { own.Id }, new(0, 10, Search: "café"))).Rows).Name.Display);
    }

    [Theory]
    [InlineData("exemple.be", true)]
    [InlineData("autre.example", true)]
    [InlineData("voisin.example", false)]
    public async Task A_domain_is_found_by_any_of_its_names(string name, bool isFound)
    {
        await using var core = await CoreFixture.CreateAsync();
        var domain = await core.AddDomainAsync();
        await AddNameAsync(core, domain, "autre.example");

        var found = await core.Get<DomainRepository>().FindAsync(DomainName.Parse(name));

        Assert.Equal(isFound ? domain.Id : null, found?.Domain.Id);
        if (isFound) Assert.Equal("autre.example", Assert.Single(found!.Domain.Aliases).Name.Value);
    }

    private static Task<MailDomain> AddAsync(CoreFixture core, string name, string prefix, int? kib) =>
        core.AddDomainAsync($"{name}.example", prefix, change: d => d with { DefaultQuota = kib is { } n ? new Quota(n) : null });

    private static Task AddNameAsync(CoreFixture core, MailDomain domain, string name) =>
        core.Database.WriteAsync(Core.Admins.Actor.Panel, write =>
    {
        write.Context.DomainAliases.Add(new DomainAlias { DomainId = domain.Id, Name = DomainName.Parse(name), CreatedAt = write.Now });
        return Task.CompletedTask;
    });

    private static async Task<List<string>> WalkAsync(CoreFixture core, DomainSort sort, bool descending)
    {
        List<string> names = [];
        for (Page<DomainRow>? page = null; page is null or { HasNext: true };)
        {
            page = await core.Get<DomainRepository>().ListAsync(null, new(names.Count, 3, sort, descending));
            names.AddRange(page.Rows.Select(r => r.Name.Value));
        }
        return names;
    }

    private static async Task<IEnumerable<string>> SortedAsync(CoreFixture core) =>
        (await core.Get<DomainRepository>().ListAsync(null, new ListRequest<DomainSort>(0, 10))).Rows.Select(r => r.Name.Display);
}
