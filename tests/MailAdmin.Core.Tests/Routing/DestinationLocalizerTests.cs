using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Routing;
using Microsoft.EntityFrameworkCore;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Routing;

/// <summary>Destinations that were external, and whose domain is now hosted here.</summary>
public sealed class DestinationLocalizerTests
{
    [Theory]
    [InlineData("info@tiers.example")]
    [InlineData("Info@Tiers.example")]
    [InlineData("info+list@tiers.example")]
    public async Task A_suspension_reaches_a_destination_that_was_typed_before_its_domain_moved_here(string typed)
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        await core.AddAliasAsync(domain, "vers", typed);
        await core.AddAliasAsync(domain, "any", typed, "support@example.org");

        var moved = await core.AddDomainAsync("tiers.example", "tiers");
        // No account has the address yet, so mail would come to a dead end.
        Assert.StartsWith("550 5.2.1", (await core.MapAsync(PostfixMap.Refused))["vers@exemple.be"]);
        Assert.Equal("support@example.org", (await core.MapAsync(PostfixMap.Virtual))["any@exemple.be"]);
        var account = await core.AddAccountAsync(moved, "info");
        Assert.Equal("info@tiers.example,support@example.org", (await core.MapAsync(PostfixMap.Virtual))["any@exemple.be"]);
        Assert.DoesNotContain("vers@exemple.be", await core.MapAsync(PostfixMap.Refused));
        await core.ChangeAsync<Account>(account.Id, a => a.State = AccountState.Suspended);

        Assert.Equal("support@example.org", (await core.MapAsync(PostfixMap.Virtual))["any@exemple.be"]);
        Assert.StartsWith("550 5.2.1", (await core.MapAsync(PostfixMap.Refused))["vers@exemple.be"]);
    }

    [Fact]
    public async Task A_name_more_and_the_end_of_a_relay_bring_destinations_home_too()
    {
        await using var core = await CreateAsync();
        var (domain, relayed) = (await core.AddDomainAsync(), await core.AddDomainAsync("tiers.example", "tiers"));
        await core.ChangeAsync<MailDomain>(relayed.Id, d => (d.Routing, d.NextHop) = (DomainRouting.Relay, "smtp:[192.0.2.1]:25"));
        foreach (var owner in (MailDomain[])[domain, relayed]) await core.AddAccountAsync(owner, "info");
        await core.AddAliasAsync(domain, "named", "info@exemple.com");
        await core.AddAliasAsync(domain, "relayed", "info@tiers.example");

        await AddNameAsync(core, domain, "exemple.com");
        await core.ChangeAsync<MailDomain>(relayed.Id, d => (d.Routing, d.NextHop) = (DomainRouting.Local, null));

        Assert.Equal([("named", "exemple0001"), ("relayed", "tiers0001")], await HomeAsync(core));
        // The alias still works without the name, because its destination is the account by now.
        await core.Database.WriteAsync(Actor.Panel, async write => write.Context.Remove(await write.Context.DomainAliases.SingleAsync()));
        Assert.Equal("info@exemple.be", (await core.MapAsync(PostfixMap.Virtual))["named@exemple.be"]);
    }

    [Fact]
    public async Task An_alias_that_has_both_keeps_one_of_them()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        await core.AddAccountAsync(domain, "info");
        await core.AddAliasAsync(domain, "any", "exemple0001", "info@exemple.com", "Info@exemple.org");

        await AddNameAsync(core, domain, "exemple.com");
        await AddNameAsync(core, domain, "exemple.org");

        Assert.Equal("exemple0001@store.lab.example", (await core.MapAsync(PostfixMap.Virtual))["any@exemple.be"]);
        await using var context = core.Database.Open();
        Assert.Equal(1, await context.Destinations.CountAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_loop_through_an_address_that_is_made_here_is_refused_with_its_path()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        await core.AddAliasAsync(domain, "vers", "any@tiers.example");
        var moved = await core.AddDomainAsync("tiers.example", "tiers");

        var refused = await core.Aliases.CreateAsync(moved.Id, LocalPart.Parse("any"), ["vers@exemple.be"], Actor.Panel);

        RefusedWith("DestinationLoop", "Destinations", refused);
        Assert.Contains("any@tiers.example → vers@exemple.be → any@tiers.example", refused.Problems.SelectMany(p => p.Args).Cast<string>());
    }

    // C016
    [Fact]
    public async Task What_would_lead_back_takes_no_mail_until_the_loop_is_undone()
    {
        await using var core = await CreateAsync();
        var (domain, moved) = (await core.AddDomainAsync(), await core.AddDomainAsync("tiers.example", "tiers"));
        await core.AddAliasAsync(domain, "vers", "any@tiers.com", "support@example.org");
        await core.AddAliasAsync(domain, "soi", "soi@exemple.com");
        var alias = await core.AddAliasAsync(moved, "any", "vers@exemple.be", "pascal@example.net");

        await AddNameAsync(core, moved, "tiers.com");
        await AddNameAsync(core, domain, "exemple.com");

        Assert.Equal("support@example.org", (await core.MapAsync(PostfixMap.Virtual))["vers@exemple.be"]);
        Assert.StartsWith("550 5.2.1", (await core.MapAsync(PostfixMap.Refused))["soi@exemple.be"]);
        Value(await core.Aliases.RemoveDestinationsAsync(alias.Id, [alias.Destinations[0].Id], Actor.Panel));
        Assert.Equal("any@tiers.example,support@example.org", (await core.MapAsync(PostfixMap.Virtual))["vers@exemple.be"]);
    }

    [Fact]
    public async Task A_domain_that_leaves_is_elsewhere_again()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        await core.AddAliasAsync(domain, "vers", "info@tiers.example");
        var moved = await core.AddDomainAsync("tiers.example", "tiers");
        Assert.Contains("vers@exemple.be", await core.MapAsync(PostfixMap.Refused));

        Assert.True((await core.DeleteAsync(moved)).Succeeded);

        Assert.Equal("info@tiers.example", (await core.MapAsync(PostfixMap.Virtual))["vers@exemple.be"]);
        Assert.DoesNotContain("vers@exemple.be", await core.MapAsync(PostfixMap.Refused));
    }

    private static Task AddNameAsync(CoreFixture core, MailDomain domain, string name) => core.Database.WriteAsync(Actor.Panel, write =>
    {
        write.Context.DomainAliases.Add(new DomainAlias { DomainId = domain.Id, Name = DomainName.Parse(name), CreatedAt = write.Now });
        return Task.CompletedTask;
    });

    private static async Task<List<(string, string)>> HomeAsync(CoreFixture core)
    {
        await using var context = core.Database.Open();
        var rows = await context.Destinations.Where(d => d.LocalAddress != null).OrderBy(d => d.Id)
            .Select(d => new { d.Alias!.LocalPart, d.LocalAddress!.Account!.Username }).ToListAsync();
        return [.. rows.Select(r => (r.LocalPart.Value, r.Username.Value))];
    }
}
