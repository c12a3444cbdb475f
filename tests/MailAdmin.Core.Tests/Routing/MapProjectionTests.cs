using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Routing;
using Microsoft.EntityFrameworkCore;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Routing;

/// <summary>Which rows accounts, aliases and the names of a domain have in the maps.</summary>
public sealed class MapProjectionTests : MapProjectionTest
{
    [Fact]
    public async Task A_ready_account_is_delivered_on_each_name_of_its_domain_and_may_send_as_each()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        await core.AddAccountAsync(domain, "gugus.dupont");
        await AddAliasNameAsync(core, domain, "exemple.com");

        var delivered = await core.MapAsync(PostfixMap.Virtual);
        Assert.Equal(Mailbox, delivered["gugus.dupont@exemple.be"]);
        Assert.Equal(Mailbox, delivered["gugus.dupont@exemple.com"]);
        Assert.Equal(["exemple.be", "exemple.com"], (await core.MapAsync(PostfixMap.Domains)).Keys.Order());
        Assert.Equal(
            "exemple0001,gugus.dupont@exemple.be,gugus.dupont@exemple.com",
            (await core.MapAsync(PostfixMap.Senders))["gugus.dupont@exemple.com"]);
        Assert.Empty(await core.MapAsync(PostfixMap.Refused));
        Assert.DoesNotContain(delivered, r => r.Key.StartsWith('@'));
    }

    // C085
    [Fact]
    public async Task An_alias_added_later_works_on_every_name_of_its_domain()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        await core.AddAccountAsync(domain, "gugus.dupont");
        await AddAliasNameAsync(core, domain, "exemple.com");

        await core.AddAliasAsync(domain, "any", "gugus.dupont@exemple.com", "support@example.org");

        Assert.Equal("gugus.dupont@exemple.be,support@example.org", (await core.MapAsync(PostfixMap.Virtual))["any@exemple.com"]);
    }

    [Fact]
    public async Task Removing_a_domain_alias_removes_exactly_its_keys()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        await core.AddAccountAsync(domain, "gugus.dupont");
        var before = await AllAsync(core);
        await AddAliasNameAsync(core, domain, "exemple.com");

        await core.Database.WriteAsync(Actor.Panel, async write => write.Context.Remove(await write.Context.DomainAliases.SingleAsync()));

        Assert.Equal(before, await AllAsync(core));
    }

    [Fact]
    public async Task An_alias_without_destination_is_refused_and_not_given_to_the_catch_all()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        await core.AddAliasAsync(domain, "vide");

        Assert.StartsWith("550 5.2.1", (await core.MapAsync(PostfixMap.Refused))["vide@exemple.be"]);
    }

    [Fact]
    public async Task A_relayed_domain_has_no_virtual_rows()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        await core.AddAccountAsync(domain, "gugus.dupont");

        await core.ChangeAsync<MailDomain>(domain.Id, d => (d.Routing, d.NextHop) = (DomainRouting.Relay, "smtp:[127.0.0.1]:2525"));

        Assert.Empty(await core.MapAsync(PostfixMap.Virtual));
        Assert.Empty(await core.MapAsync(PostfixMap.Domains));
        Assert.Equal("smtp:[127.0.0.1]:2525", (await core.MapAsync(PostfixMap.Transport))["exemple.be"]);
        Assert.Equal("reject_unverified_recipient", (await core.MapAsync(PostfixMap.Refused))["exemple.be"]);
    }

    [Fact]
    public async Task An_alias_that_reaches_one_account_alone_may_be_sent_as_and_a_shared_one_not()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        await core.AddAccountAsync(domain, "gugus.dupont");
        await core.AddAliasAsync(domain, "gugus", "exemple0001");
        await core.AddAliasAsync(domain, "any", "exemple0001", "support@example.org");

        var senders = await core.MapAsync(PostfixMap.Senders);
        Assert.StartsWith("exemple0001,", senders["gugus@exemple.be"]);
        Assert.DoesNotContain("any@exemple.be", senders);
    }

    private static Task AddAliasNameAsync(CoreFixture core, MailDomain domain, string name) =>
        core.Database.WriteAsync(Actor.Panel, write =>
    {
        write.Context.DomainAliases.Add(new DomainAlias { DomainId = domain.Id, Name = DomainName.Parse(name), CreatedAt = write.Now });
        return Task.CompletedTask;
    });
}
