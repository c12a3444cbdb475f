using MailAdmin.Core.Accounts;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Routing;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Routing;

/// <summary>What the maps answer for accounts and domains that take no mail for now, and what comes back with them.</summary>
public sealed class MapStateTests : MapProjectionTest
{
    [Fact]
    public async Task Until_its_mailbox_is_ready_an_account_answers_450_and_is_no_business_of_the_catch_all()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        var holder = await core.AddAccountAsync(domain, "holder");
        await core.ChangeAsync<MailDomain>(domain.Id, d => d.CatchAllAccountId = holder.Id);

        Value(await core.TryAddAccountAsync(domain, "nouveau"));

        Assert.StartsWith("450 4.2.1", (await core.MapAsync(PostfixMap.Refused))["nouveau@exemple.be"]);
        Assert.Equal("exemple0002@store.lab.example", (await core.MapAsync(PostfixMap.Virtual))["nouveau@exemple.be"]);
    }

    [Fact]
    public async Task Taking_an_account_out_takes_it_out_of_every_alias_that_leads_to_it()
    {
        await using var core = await CreateAsync();
        var (domain, neighbour) = (await core.AddDomainAsync(), await core.AddDomainAsync("voisin.example", "voisin"));
        var account = await core.AddAccountAsync(domain, "gugus.dupont");
        await core.AddAliasAsync(domain, "direct", "exemple0001");
        await core.AddAliasAsync(domain, "far", "direct@exemple.be");
        await core.AddAliasAsync(neighbour, "list", "far@exemple.be", "support@example.org");

        await core.ChangeAsync<Account>(account.Id, a => a.State = AccountState.Suspended);

        var (delivered, refused) = (await core.MapAsync(PostfixMap.Virtual), await core.MapAsync(PostfixMap.Refused));
        Assert.Equal("support@example.org", delivered["list@voisin.example"]);
        Assert.All(["gugus.dupont@exemple.be", "direct@exemple.be", "far@exemple.be"], key => Assert.StartsWith("550 5.2.1", refused[key]));
        Assert.Equal("error:5.2.1 Mailbox is disabled", (await core.MapAsync(PostfixMap.Transport))[Mailbox]);
        Assert.Empty(await core.MapAsync(PostfixMap.Senders));
    }

    [Fact]
    public async Task What_a_suspended_account_was_comes_back_whole_with_it()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        var account = await core.AddAccountAsync(domain, "gugus.dupont");
        await core.AddAliasAsync(domain, "gugus", "gugus.dupont@exemple.be");
        var before = await AllAsync(core);

        await core.ChangeAsync<Account>(account.Id, a => (a.State, a.HoldsMail) = (AccountState.Suspended, true));
        Assert.StartsWith("450 4.2.1", (await core.MapAsync(PostfixMap.Refused))["gugus@exemple.be"]);
        await core.ChangeAsync<Account>(account.Id, a => a.State = AccountState.Active);

        Assert.Equal(before, await AllAsync(core));
    }

    [Fact]
    public async Task A_full_account_answers_452_and_lists_with_other_members_go_on()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        var account = await core.AddAccountAsync(domain, "plein");
        await core.AddAliasAsync(domain, "list", "plein@exemple.be", "support@example.org");
        await core.AddAliasAsync(domain, "seul", "plein@exemple.be");

        await core.ChangeAsync<Account>(account.Id, a => a.IsFull = true);

        var refused = await core.MapAsync(PostfixMap.Refused);
        Assert.StartsWith("452 4.2.2", refused["plein@exemple.be"]);
        Assert.StartsWith("452 4.2.2", refused["seul@exemple.be"]);
        Assert.DoesNotContain("list@exemple.be", refused);
    }

    [Fact]
    public async Task A_suspended_domain_is_one_row_and_leaves_lists_of_others()
    {
        await using var core = await CreateAsync();
        var (domain, neighbour) = (await core.AddDomainAsync(), await core.AddDomainAsync("voisin.example", "voisin"));
        await core.AddAccountAsync(domain, "gugus.dupont");
        await core.AddAliasAsync(neighbour, "list", "gugus.dupont@exemple.be", "support@example.org");

        await core.ChangeAsync<MailDomain>(domain.Id, d => d.State = DomainState.Suspended);

        var row = Assert.Single(await core.MapAsync(PostfixMap.Refused));
        Assert.Equal("exemple.be", row.Key);
        Assert.Equal("support@example.org", (await core.MapAsync(PostfixMap.Virtual))["list@voisin.example"]);
        Assert.Empty(await core.MapAsync(PostfixMap.Senders));
    }
}
