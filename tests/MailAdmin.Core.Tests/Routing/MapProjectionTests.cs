using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Routing;
using Microsoft.EntityFrameworkCore;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Routing;

public sealed class MapProjectionTests
{
    private const string Mailbox = "exemple0001@store.lab.example";

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
    public async Task An_alias_without_destination_is_refused_and_not_given_to_the_catch_all()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        await core.AddAliasAsync(domain, "vide");

        Assert.StartsWith("550 5.2.1", (await core.MapAsync(PostfixMap.Refused))["vide@exemple.be"]);
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

    [Fact]
    public async Task A_removed_key_stays_as_a_row_without_value_with_its_own_sequence()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        var alias = await core.AddAliasAsync(domain, "gugus", "support@example.org");
        await using var context = core.Database.Open();
        var before = await context.MapEntries.SingleAsync(e => e.Key == "gugus@exemple.be", TestContext.Current.CancellationToken);

        Value(await core.Aliases.DeleteAsync(alias.Id, Actor.Panel));

        var after = await context.MapEntries.SingleAsync(e => e.Key == "gugus@exemple.be", TestContext.Current.CancellationToken);
        Assert.Null(after.Value);
        Assert.True(after.Sequence > before.Sequence);
    }

    [Fact]
    public async Task A_change_writes_only_the_rows_that_differ()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        var account = await core.AddAccountAsync(domain, "gugus.dupont");
        await using var context = core.Database.Open();
        var before = await context.MapEntries.OrderBy(e => e.Key).Select(e => e.Sequence)
            .ToListAsync(TestContext.Current.CancellationToken);

        Value(await core.Accounts.ChangePasswordAsync(account.Id, "Negen7Paarden!", "Negen7Paarden!", Actor.Panel));
        await core.ChangeAsync<MailDomain>(domain.Id, d => d.DefaultQuota = new Quota(1));

        Assert.Equal(
            before, await context.MapEntries.OrderBy(e => e.Key).Select(e => e.Sequence)
                .ToListAsync(TestContext.Current.CancellationToken));
    }

    private static Task AddAliasNameAsync(CoreFixture core, MailDomain domain, string name) =>
        core.Database.WriteAsync(Actor.Panel, write =>
    {
        write.Context.DomainAliases.Add(new DomainAlias { DomainId = domain.Id, Name = DomainName.Parse(name), CreatedAt = write.Now });
        return Task.CompletedTask;
    });

    private static async Task<List<string>> AllAsync(CoreFixture core)
    {
        var rows = new List<string>();
        foreach (var map in PostfixMaps.All) rows.AddRange((await core.MapAsync(map)).Select(r => $"{map} {r.Key} {r.Value}").Order());
        return rows;
    }
}
