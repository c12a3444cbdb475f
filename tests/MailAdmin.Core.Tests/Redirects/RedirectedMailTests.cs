using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Routing;
using Microsoft.EntityFrameworkCore;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Redirects;

/// <summary>Where mail goes when an account or a destination of a redirect changes.</summary>
public sealed class RedirectedMailTests : RedirectTest
{
    // C005
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Deleting_an_account_ends_its_forwarding_at_once(bool forGood)
    {
        await using var core = await CreateAsync();
        var (_, account) = await WithAccountsAsync(core);
        Value(await SetAsync(core, account, true, "someone@example.org"));

        Value(await core.Accounts.DeleteAsync(account.Id, (await AccountAsync(core, "exemple0001")).Version, forGood, Actor.Panel));

        Assert.DoesNotContain(await core.MapAsync(PostfixMap.Virtual), r => r.Key == First || r.Value.Contains("example.org"));
        Assert.Equal(forGood, !(await core.MapAsync(PostfixMap.Refused)).ContainsKey("gugus.dupont@exemple.be"));
    }

    // The other half of C005.
    [Fact]
    public async Task A_redirect_whose_last_destination_is_deleted_leaves_the_mail_in_the_mailbox()
    {
        await using var core = await CreateAsync();
        var (_, account) = await WithAccountsAsync(core);
        Value(await SetAsync(core, account, false, "exemple0002"));
        var target = await AccountAsync(core, "exemple0002");

        Value(await core.Accounts.DeleteAsync(target.Id, target.Version, forGood: true, Actor.Panel));

        Assert.Null(await RowAsync(core, First));
        Assert.Empty(await core.MapAsync(PostfixMap.Refused));
    }

    [Fact]
    public async Task While_the_only_destination_takes_nothing_the_sender_is_told_and_nobody_else_gets_the_mail()
    {
        await using var core = await CreateAsync();
        var (domain, account) = await WithAccountsAsync(core);
        await core.AddAliasAsync(domain, "gugus", "exemple0001");
        Value(await SetAsync(core, account, false, "second@exemple.be"));
        var target = await AccountAsync(core, "exemple0002");

        await core.ChangeAsync<Account>(target.Id, a => a.State = AccountState.Suspended);
        var refused = await core.MapAsync(PostfixMap.Refused);
        await core.ChangeAsync<Account>(target.Id, a => a.State = AccountState.Active);

        Assert.All(["gugus.dupont@exemple.be", "gugus@exemple.be"], key => Assert.StartsWith("550 5.2.1", refused[key]));
        Assert.Empty(await core.MapAsync(PostfixMap.Refused));
    }

    [Fact]
    public async Task A_suspended_account_passes_nothing_on_and_a_full_one_that_keeps_no_copy_does()
    {
        await using var core = await CreateAsync();
        var (_, account) = await WithAccountsAsync(core);
        Value(await SetAsync(core, account, false, "someone@example.org"));

        await core.ChangeAsync<Account>(account.Id, a => a.IsFull = true);
        Assert.Empty(await core.MapAsync(PostfixMap.Refused));
        await core.ChangeAsync<Account>(account.Id, a => a.State = AccountState.Suspended);

        Assert.Null(await RowAsync(core, First));
        Assert.StartsWith("550 5.2.1", (await core.MapAsync(PostfixMap.Refused))["gugus.dupont@exemple.be"]);
    }

    [Fact]
    public async Task A_destination_whose_domain_moves_here_becomes_local_and_ones_own_becomes_the_copy()
    {
        await using var core = await CreateAsync();
        var (domain, account) = await WithAccountsAsync(core);
        Value(await SetAsync(core, account, false, "info@tiers.example", "gugus.dupont@exemple.com"));

        await core.AddAccountAsync(await core.AddDomainAsync("tiers.example", "tiers"), "info");
        Value(await core.Get<DomainAliasService>().AddAsync(domain.Id, [DomainName.Parse("exemple.com")], Actor.Panel));
        Assert.Equal($"info@tiers.example,{First}", await RowAsync(core, First));
        var moved = await AccountAsync(core, "tiers0001");
        await core.ChangeAsync<Account>(moved.Id, a => a.State = AccountState.Suspended);

        Assert.Null(await RowAsync(core, First));
        Assert.DoesNotContain("gugus.dupont@exemple.be", await core.MapAsync(PostfixMap.Refused));
    }
}
