using MailAdmin.Core.Admins;
using MailAdmin.Core.Redirects;
using Microsoft.EntityFrameworkCore;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Redirects;

/// <summary>Who sets a redirect and what is kept of it.</summary>
public sealed class RedirectServiceTests : RedirectTest
{
    [Fact]
    public async Task A_redirect_leads_to_outside_addresses_local_addresses_and_usernames()
    {
        await using var core = await CreateAsync();
        var (domain, account) = await WithAccountsAsync(core);
        await core.AddAccountAsync(domain, "tiers");

        Value(await SetAsync(core, account, false, "someone@example.org", "second@exemple.be", "exemple0003"));

        Assert.Equal("someone@example.org,second@exemple.be,exemple0003@store.lab.example", await RowAsync(core, First));
        Assert.Equal(First, await RowAsync(core, "gugus.dupont@exemple.be"));
    }

    [Fact]
    public async Task A_copy_is_kept_and_given_up_by_its_own_switch()
    {
        await using var core = await CreateAsync();
        var (_, account) = await WithAccountsAsync(core);

        var saved = Value(await SetAsync(core, account, true, "someone@example.org"));
        Assert.Equal($"someone@example.org,{First}", await RowAsync(core, First));
        Value(await core.Redirects.SetAsync(account.Id, new(saved.Redirect.Version, ["someone@example.org"], false), Actor.Panel));

        Assert.Equal("someone@example.org", await RowAsync(core, First));
    }

    // C029
    [Theory]
    [InlineData("gugus.dupont@exemple.be")]
    [InlineData("exemple0001")]
    public async Task Its_own_address_among_the_destinations_means_keep_a_copy_and_is_said(string own)
    {
        await using var core = await CreateAsync();
        var (_, account) = await WithAccountsAsync(core);

        var saved = Value(await SetAsync(core, account, false, "someone@example.org", own));

        Assert.True(saved.NamedItself);
        Assert.Equal($"someone@example.org,{First}", await RowAsync(core, First));
    }

    // C029
    [Theory]
    [InlineData("gugus.dupont@exemple.be")]
    [InlineData("EXEMPLE0001")]
    public async Task Its_own_address_alone_is_refused_and_the_mailbox_keeps_receiving(string own)
    {
        await using var core = await CreateAsync();
        var (_, account) = await WithAccountsAsync(core);

        RefusedWith("RedirectOnlyItself", "Destinations", await SetAsync(core, account, false, own));

        Assert.Null(await RowAsync(core, First));
    }

    // C031
    [Fact]
    public async Task An_empty_list_is_refused_and_what_was_set_stays()
    {
        await using var core = await CreateAsync();
        var (_, account) = await WithAccountsAsync(core);
        var saved = Value(await SetAsync(core, account, false, "someone@example.org"));

        RefusedWith(
            "RedirectMissing", "Destinations",
            await core.Redirects.SetAsync(account.Id, new(saved.Redirect.Version, [], false), Actor.Panel));

        Assert.Equal("someone@example.org", await RowAsync(core, First));
    }

    // C033
    [Fact]
    public async Task A_removed_redirect_leaves_no_row_and_a_working_mailbox()
    {
        await using var core = await CreateAsync();
        var (_, account) = await WithAccountsAsync(core);
        var before = await AllAsync(core);
        var saved = Value(await SetAsync(core, account, false, "someone@example.org"));

        Assert.True((await core.Redirects.RemoveAsync(account.Id, saved.Redirect.Version, Actor.Panel)).Succeeded);

        Assert.Equal(before, await AllAsync(core));
        Assert.Null((await core.Get<RedirectRepository>().FindAsync(account.Id)).Redirect);
    }

    [Fact]
    public async Task The_second_of_two_simultaneous_edits_is_told()
    {
        await using var core = await CreateAsync();
        var (_, account) = await WithAccountsAsync(core);
        var saved = Value(await SetAsync(core, account, true, "a@example.org"));
        Value(await core.Redirects.SetAsync(account.Id, new(saved.Redirect.Version, ["b@example.org"], true), Actor.Panel));

        RefusedWith("ChangedMeanwhile", null, await core.Redirects.SetAsync(account.Id, new(1, ["c@example.org"], true), Actor.Panel));
        RefusedWith("ChangedMeanwhile", null, await core.Redirects.RemoveAsync(account.Id, 1, Actor.Panel));
        RefusedWith("ChangedMeanwhile", null, await SetAsync(core, account, true, "c@example.org"));
    }

    [Fact]
    public async Task A_redirect_is_set_by_those_who_may_edit_mail_of_its_domain_and_is_recorded()
    {
        await using var core = await CreateAsync();
        var (domain, account) = await WithAccountsAsync(core);
        var edit = new RedirectEdit(0, ["someone@example.org"], true);

        await Assert.ThrowsAsync<NotPermittedException>(() => core.Redirects.SetAsync(account.Id, edit, Jens(domain.Id + 1)));
        await Assert.ThrowsAsync<NotPermittedException>(
            () => core.Redirects.SetAsync(account.Id, edit, Jens(domain.Id) with { Role = AdminRole.Support }));
        Value(await core.Redirects.SetAsync(account.Id, edit, Jens(domain.Id)));

        await using var context = core.Database.Open();
        var record = await context.AuditEvents.OrderByDescending(e => e.Id).FirstAsync(TestContext.Current.CancellationToken);
        Assert.Equal(("redirect.set", "exemple0001"), (record.Kind, record.Subject));
        Assert.Contains("someone@example.org", record.After);
    }
}
