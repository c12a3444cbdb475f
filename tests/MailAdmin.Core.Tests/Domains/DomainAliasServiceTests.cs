using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Routing;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Domains;

public sealed class DomainAliasServiceTests
{
    // C085, C087
    [Fact]
    public async Task A_new_name_is_accepted_with_every_address_at_once_and_goes_without_a_trace()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        await core.AddAccountAsync(domain, "gugus.dupont");
        await core.AddAliasAsync(domain, "any", "support@example.org");
        var before = await AllAsync(core);

        Value(await Service(core).AddAsync(domain.Id, [DomainName.Parse("exemple.com")], Actor.Panel));

        Assert.Contains("exemple.com", await core.MapAsync(PostfixMap.Domains));
        var delivered = await core.MapAsync(PostfixMap.Virtual);
        Assert.Equal(delivered["gugus.dupont@exemple.be"], delivered["gugus.dupont@exemple.com"]);
        Assert.Equal("support@example.org", delivered["any@exemple.com"]);
        Assert.True((await Service(core).RemoveAsync(domain.Id, DomainName.Parse("exemple.com"), Actor.Panel)).Succeeded);
        Assert.Equal(before, await AllAsync(core));
    }

    [Theory]
    [InlineData("exemple.be", "DomainIsNameOf")]
    [InlineData("voisin.example", "DomainIsDomain")]
    [InlineData("EXEMPLE.com", "DomainIsNameOf")]
    [InlineData("mx.lab.example", "DomainIsHostName")]
    [InlineData("origin.lab.example", "DomainIsHostName")]
    [InlineData("store.lab.example", "DomainIsHostName")]
    public async Task A_name_that_is_hosted_or_the_hosts_own_is_refused(string name, string code)
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        await core.AddDomainAsync("voisin.example", "voisin");
        Value(await Service(core).AddAsync(domain.Id, [DomainName.Parse("exemple.com")], Actor.Panel));

        RefusedWith(code, "Name", await Service(core).AddAsync(domain.Id, [DomainName.Parse(name)], Actor.Panel));
    }

    // D18: nothing is wrong with either alias until the name is added.
    [Fact]
    public async Task A_name_by_which_aliases_would_lead_in_a_circle_is_added_only_by_whoever_was_told_and_the_tracer_says_why()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        await core.AddAliasAsync(domain, "a", "b@exemple.com");
        await core.AddAliasAsync(domain, "b", "a@exemple.com");
        var root = new Actor(1, "root", AdminRole.Superuser, null, null);

        var told = await Service(core).AddAsync(domain.Id, [DomainName.Parse("exemple.com")], root);
        RefusedWith("DomainNameCircle", "AcceptsRelated", told);
        Assert.Contains("a@exemple.be → b@exemple.be", (string)told.Problems[0].Args[0], StringComparison.Ordinal);
        Value(await Service(core).AddAsync(domain.Id, [DomainName.Parse("exemple.com")], root, acceptsRelated: true));

        var traced = await core.Get<ResolverRepository>()
            .ResolveAsync(AddrSpec.Parse("a@exemple.be"), TestContext.Current.CancellationToken);
        Assert.StartsWith("550", traced.Answer, StringComparison.Ordinal);
        Assert.Contains(StepKind.Circle, traced.Steps.Select(s => s.Kind));
    }

    // C089
    [Fact]
    public async Task Names_are_the_superusers_to_change()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();

        await Assert.ThrowsAsync<NotPermittedException>(
            () => Service(core).AddAsync(domain.Id, [DomainName.Parse("exemple.com")], Jens(domain.Id)));
        await Assert.ThrowsAsync<NotPermittedException>(
            () => Service(core).RemoveAsync(domain.Id, DomainName.Parse("exemple.com"), Jens(domain.Id)));
    }

    private static DomainAliasService Service(CoreFixture core) => core.Get<DomainAliasService>();

    private static async Task<List<string>> AllAsync(CoreFixture core)
    {
        var all = new List<string>();
        foreach (var map in PostfixMaps.All) all.AddRange((await core.MapAsync(map)).Select(r => $"{map} {r.Key} -> {r.Value}"));
        return [.. all.Order(StringComparer.Ordinal)];
    }
}
