using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Routing;
using Microsoft.EntityFrameworkCore;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Routing;

/// <summary>Histories that <see cref="HostProperties"/> found, reduced to the steps that showed the fault.</summary>
public sealed class MapDriftTests
{
    [Fact]
    public async Task An_alias_to_the_address_of_an_account_deleted_for_good_is_refused_at_once()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        var account = await core.AddAccountAsync(domain, "gugus.dupont");
        await core.AddAliasAsync(domain, "any", "gugus.dupont@exemple.be");
        await core.AddAliasAsync(domain, "far", "any@exemple.be");

        Value(await core.Accounts.DeleteAsync(account.Id, account.Version, forGood: true, Actor.Panel));

        Assert.Empty(await core.MapAsync(PostfixMap.Virtual));
        Assert.Empty(await core.MapAsync(PostfixMap.Senders));
        var refused = await core.MapAsync(PostfixMap.Refused);
        Assert.StartsWith("550 5.2.1", refused["any@exemple.be"]);
        Assert.StartsWith("550 5.2.1", refused["far@exemple.be"]);
    }

    [Fact]
    public async Task An_alias_of_a_suspended_domain_is_no_way_through_it()
    {
        await using var core = await CreateAsync();
        var (domain, neighbour) = (await core.AddDomainAsync(), await core.AddDomainAsync("voisin.example", "voisin"));
        await core.AddAliasAsync(domain, "any", "support@example.org");
        await core.AddAliasAsync(neighbour, "only", "any@exemple.be");
        await core.AddAliasAsync(neighbour, "list", "any@exemple.be", "other@example.org");

        await core.ChangeAsync<MailDomain>(domain.Id, d => d.State = DomainState.Suspended);

        Assert.StartsWith("450 4.2.1", (await core.MapAsync(PostfixMap.Refused))["only@voisin.example"]);
        Assert.Equal("other@example.org", (await core.MapAsync(PostfixMap.Virtual))["list@voisin.example"]);
    }

    [Fact]
    public async Task An_address_taken_from_an_account_is_no_login_of_its_others_any_more()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        var account = await core.AddAccountAsync(domain, "gugus.dupont");
        await core.AddAliasAsync(domain, "gugus", "exemple0001");
        await core.Database.WriteAsync(Actor.Panel, write =>
        {
            write.Context.Add(
                new MailAddress
                {
                    DomainId = domain.Id,
                    LocalPart = LocalPart.Parse("second"),
                    AccountId = account.Id,
                    CreatedAt = write.Now
                });
            return Task.CompletedTask;
        });

        await core.Database.WriteAsync(
            Actor.Panel, async write =>
            write.Context.Remove(await write.Context.Addresses.SingleAsync(a => a.AccountId == account.Id && !a.IsPrimary)));

        Assert.All((await core.MapAsync(PostfixMap.Senders)).Values, logins => Assert.Equal("exemple0001,gugus.dupont@exemple.be", logins));
    }
}
