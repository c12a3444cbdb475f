using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Routing;
using MailAdmin.Core.Search;
using Microsoft.EntityFrameworkCore;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Domains;

public sealed class DomainPromotionTests
{
    private static readonly DomainName Name = DomainName.Parse("nouveau.example");

    [Fact]
    public async Task The_names_change_places_and_every_address_has_the_rows_that_it_had()
    {
        await using var core = await CreateAsync();
        var (domain, rows) = await WithTwoNamesAsync(core);

        Value(await Service(core).PlanPromotion(domain.Id, Name, Actor.Panel).MakeAsync());

        await using var context = core.Database.Open();
        Assert.Equal(Name, (await context.Domains.SingleAsync(d => d.Id == domain.Id)).Name);
        Assert.Equal("exemple.be", (await context.DomainAliases.SingleAsync()).Name.Value);
        Assert.Equal(rows, await RowsAsync(core));
        // Back again.
        Value(await Service(core).PlanPromotion(domain.Id, domain.Name, Actor.Panel).MakeAsync());
        Assert.Equal(rows, await RowsAsync(core));
    }

    [Fact]
    public async Task The_search_finds_the_domain_and_its_destinations_under_the_new_name()
    {
        await using var core = await CreateAsync();
        var (domain, _) = await WithTwoNamesAsync(core);

        Value(await Service(core).PlanPromotion(domain.Id, Name, Actor.Panel).MakeAsync());

        await using var context = core.Database.Open();
        var texts = await context.SearchEntries.Select(e => e.Text).ToListAsync();
        Assert.Contains("gugus@nouveau.example", texts);
        Assert.DoesNotContain("gugus@exemple.be", texts);
    }

    [Fact]
    public async Task Only_a_name_of_the_domain_becomes_its_main_name_and_only_once_it_works_everywhere()
    {
        await using var core = await CreateAsync();
        var (domain, _) = await WithTwoNamesAsync(core);

        var stranger = DomainName.Parse("autre.example");
        RefusedWith("DomainNotItsName", null, await Service(core).PlanPromotion(domain.Id, stranger, Actor.Panel).MakeAsync());
        await core.Database.WriteAsync(
            Actor.Panel, async write => (await write.Context.DomainAliases.SingleAsync()).Reached = 1);
        RefusedWith("DomainNameUnderWay", null, await Service(core).PlanPromotion(domain.Id, Name, Actor.Panel).MakeAsync());
    }

    [Fact]
    public async Task The_rows_of_a_large_domain_follow_in_steps_and_no_name_is_removed_meanwhile()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync(max: null);
        Value(await Service(core).AddAsync(domain.Id, [Name], Actor.Panel));
        await LargeDomain.FillAsync(core, domain, 3_000);
        await core.AddAliasAsync(domain, "info", "u1@exemple.be");
        await core.AddAliasAsync(await core.AddDomainAsync("autre.test", "autre"), "vers", "info@exemple.be");
        var rows = await RowsAsync(core);

        Value(await Service(core).PlanPromotion(domain.Id, Name, Actor.Panel).MakeAsync());

        Assert.Equal(rows, await RowsAsync(core));
        RefusedWith("DomainNameUnderWay", null, await Service(core).PlanRemoval(domain.Id, domain.Name, Actor.Panel).MakeAsync());
        RefusedWith("DomainNameUnderWay", null, await Service(core).PlanPromotion(domain.Id, domain.Name, Actor.Panel).MakeAsync());
        var steps = 0;
        var token = TestContext.Current.CancellationToken;
        await LargeDomain.WorkAsync(core, JobKind.DomainNames, id => Service(core).StepAsync(id, token), () =>
        {
            steps++;
            return Task.CompletedTask;
        });
        Assert.Equal(3, steps);
        await using var context = core.Database.Open();
        Assert.Equal(
            "u1@nouveau.example,u1@exemple.be",
            string.Join(',', (await context.MapEntries.SingleAsync(e => e.Map == PostfixMap.Senders && e.Key == "u1@exemple.be")).Value!
                .Split(',').Where(s => s.Contains('@', StringComparison.Ordinal))));
        Value(await Service(core).PlanRemoval(domain.Id, domain.Name, Actor.Panel).MakeAsync());
    }

    private static DomainAliasService Service(Testing.CoreFixture core) => core.Get<DomainAliasService>();

    // An account, an alias that leads to it, an alias of another domain that leads to that one, and a catch-all.
    private static async Task<(MailDomain Domain, IReadOnlyList<string> Rows)> WithTwoNamesAsync(Testing.CoreFixture core)
    {
        var domain = await core.AddDomainAsync();
        await core.AddAccountAsync(domain, "gugus");
        var other = await core.AddDomainAsync("autre.test", "autre");
        Value(await Service(core).AddAsync(domain.Id, [Name], Actor.Panel));
        await core.AddAliasAsync(domain, "info", "gugus@exemple.be");
        await core.AddAliasAsync(other, "vers", "info@nouveau.example");
        return (domain, await RowsAsync(core));
    }

    private static async Task<IReadOnlyList<string>> RowsAsync(Testing.CoreFixture core)
    {
        await using var context = core.Database.Open();
        var rows = await context.MapEntries.Where(e => e.Value != null && e.Map != PostfixMap.Virtual).OrderBy(e => e.Map)
            .ThenBy(e => e.Key).Select(e => new { e.Map, e.Key, e.Value }).ToListAsync();
        // Who may send as an address is a list without order.
        return [.. rows.Select(r => $"{r.Map} {r.Key} {string.Join(',', r.Value!.Split(',').Order(StringComparer.Ordinal))}")];
    }
}
