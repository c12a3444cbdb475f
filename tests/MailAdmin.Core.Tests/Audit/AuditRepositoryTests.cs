using MailAdmin.Core.Admins;
using MailAdmin.Core.Audit;
using MailAdmin.Core.Domains;

namespace MailAdmin.Core.Tests.Audit;

public sealed class AuditRepositoryTests
{
    private static readonly AuditFilter All = new(null, null, null, null, null, null, null);

    [Fact]
    public async Task Each_filter_leaves_what_was_asked_for()
    {
        await using var core = await CoreFixture.CreateAsync();
        var (domain, neighbour) = (await core.AddDomainAsync(), await core.AddDomainAsync("voisin.example", "voisin"));
        core.Clock.Advance(TimeSpan.FromHours(1));
        await core.TryAddAccountAsync(domain, "gugus.dupont", actor: CoreFixture.Jens(domain.Id));
        await core.AddAliasAsync(neighbour, "any", "lea@example.org");

        Assert.Equal(["account.created", "domain.created"], await KindsAsync(core, All with { Domain = "exemple.be" }));
        Assert.Equal(["account.created"], await KindsAsync(core, All with { Subject = "exemple0001" }));
        Assert.Equal(["account.created"], await KindsAsync(core, All with { Subject = "Gugus.Dupont@exemple.be" }));
        Assert.Equal(["alias.created"], await KindsAsync(core, All with { Subject = "any@voisin.example" }));
        Assert.Equal(["account.created"], await KindsAsync(core, All with { Actor = "jens" }));
        Assert.Equal(["domain.created", "domain.created"], await KindsAsync(core, All with { Kind = "domain.created" }));
        Assert.Equal(["alias.created", "account.created"], await KindsAsync(core, All with { From = core.Clock.GetUtcNow() }));
        Assert.Equal(
            ["domain.created", "domain.created"],
            await KindsAsync(core, All with { Kind = "domain.created", Before = core.Clock.GetUtcNow() }));
        Assert.Equal(
            ["alias.created", "domain.created"], await KindsAsync(core, All with { Visible = new HashSet<long> { neighbour.Id } }));
        Assert.Empty(await KindsAsync(core, All with { Visible = new HashSet<long>() }));
    }

    [Fact]
    public async Task A_newcomer_with_a_name_that_is_free_again_sees_nothing_of_what_was_before()
    {
        await using var core = await CoreFixture.CreateAsync();
        var former = await core.AddDomainAsync();
        await core.AddAccountAsync(former, "gugus.dupont");
        Assert.True((await core.DeleteAsync(former)).Succeeded);
        var newcomer = await core.AddDomainAsync(prefix: "nouveau");

        Assert.Equal(
            ["domain.created"], await KindsAsync(core, All with { Visible = new HashSet<long> { newcomer.Id }, Domain = "exemple.be" }));
        Assert.Equal(
            ["domain.created", "domain.deleted", "account.created", "domain.created"],
            await KindsAsync(core, All with { Domain = "exemple.be" }));
    }

    [Fact]
    public async Task Pages_lead_to_one_another_and_leave_nothing_out()
    {
        await using var core = await CoreFixture.CreateAsync();
        // All events have the same time, so their order within it counts.
        for (var i = 1; i <= 24; i++) await core.AddDomainAsync($"d{i}.example", $"prefix{(char)('a' + i)}");
        var repository = core.Get<AuditRepository>();

        var first = await repository.ListAsync(All, null, null, 10);
        var second = await repository.ListAsync(All, first.Older, null, 10);
        var third = await repository.ListAsync(All, second.Older, null, 10);
        var back = await repository.ListAsync(All, null, third.Newer, 10);

        Assert.Equal(Enumerable.Range(1, 25).Reverse(), first.Events.Concat(second.Events).Concat(third.Events).Select(e => (int)e.Id));
        Assert.Equal((null, null), (first.Newer, third.Older));
        Assert.Equal(second.Events.Select(e => e.Id), back.Events.Select(e => e.Id));
        Assert.Equal(first.Events.Select(e => e.Id), (await repository.ListAsync(All, null, back.Newer, 10)).Events.Select(e => e.Id));
    }

    [Fact]
    public async Task Links_lead_to_what_still_exists_and_to_nothing_else()
    {
        await using var core = await CoreFixture.CreateAsync();
        var domain = await core.AddDomainAsync();
        await core.AddAccountAsync(domain, "gugus.dupont");
        var (stays, goes) = (
            await core.AddAliasAsync(domain, "any", "lea@example.org"), await core.AddAliasAsync(domain, "zut", "lea@example.org"));
        CoreFixture.Value(await core.Aliases.DeleteAsync(goes.Id, Actor.Panel));
        var repository = core.Get<AuditRepository>();
        var events = (await repository.ListAsync(All, null, null, 100)).Events;

        var links = await repository.LinksAsync(events);

        var name = DomainName.Parse("exemple.be");
        var expected = new Dictionary<string, AuditLink?>
        {
            ["exemple0001"] = new(name, "exemple0001", null),
            ["any@exemple.be"] = new(name, null, stays.Id),
            ["exemple.be"] = new(name, null, null),
            ["zut@exemple.be"] = null,
            ["store.lab.example"] = null,
        };
        Assert.All(events, e => Assert.Equal(expected[e.Subject], links.GetValueOrDefault(e.Id)));
    }

    [Fact]
    public async Task An_export_has_all_of_it_in_the_same_order()
    {
        await using var core = await CoreFixture.CreateAsync();
        await core.Database.WriteAsync(Actor.Panel, write =>
        {
            for (var i = 0; i < 2_500; i++) write.Record("test", null, $"{i}");
            return Task.CompletedTask;
        });

        var ids = new List<long>();
        await foreach (var item in core.Get<AuditRepository>().ReadAsync(All)) ids.Add(item.Id);

        Assert.Equal(Enumerable.Range(1, 2_501).Reverse(), ids.Select(id => (int)id));
    }

    [Theory]
    [InlineData("zut")]
    [InlineData("1")]
    [InlineData("-1.1")]
    [InlineData("9999999999999999999.1")]
    [InlineData("9223372036854775807.1")]
    public void What_is_no_place_counts_as_not_said(string text) => Assert.Null(AuditCursor.Parse(text));

    private static async Task<List<string>> KindsAsync(CoreFixture core, AuditFilter filter) =>
        [.. (await core.Get<AuditRepository>().ListAsync(filter, null, null, 100)).Events.Where(e => e.Kind != "store.set")
            .Select(e => e.Kind)];
}
