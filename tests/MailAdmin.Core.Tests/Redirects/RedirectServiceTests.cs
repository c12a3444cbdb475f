using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Redirects;
using MailAdmin.Core.Results;
using MailAdmin.Core.Routing;
using Microsoft.EntityFrameworkCore;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Redirects;

public sealed class RedirectServiceTests
{
    private const string First = "exemple0001@store.lab.example";
    private const string Second = "exemple0002@store.lab.example";

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

    // C035
    [Fact]
    public async Task A_bad_line_is_named_and_nothing_is_cut_or_saved()
    {
        await using var core = await CreateAsync();
        var (_, account) = await WithAccountsAsync(core);
        var tooLong = new string('d', 290) + "@example.org";

        var refused = await SetAsync(core, account, false, "a@example.org", "b@example.net", "c@example.org", tooLong);

        RefusedWith("DestinationMalformed", "Destinations", refused);
        Assert.Contains(tooLong, Assert.Single(refused.Problems).Args);
        Assert.Null(await RowAsync(core, First));
    }

    // C037
    [Fact]
    public async Task Sixty_destinations_are_all_published()
    {
        await using var core = await CreateAsync();
        var (_, account) = await WithAccountsAsync(core);
        string[] all = [.. Enumerable.Range(1, 60).Select(n => $"u{n}@example.org")];

        Value(await SetAsync(core, account, false, all));

        Assert.Equal(string.Join(',', all), await RowAsync(core, First));
    }

    [Theory]
    [InlineData("Someone@Example.org")]
    [InlineData(" mailto:someone@example.org")]
    [InlineData("EXEMPLE0002")]
    public async Task A_destination_named_twice_is_meant_once(string again)
    {
        await using var core = await CreateAsync();
        var (_, account) = await WithAccountsAsync(core);

        Value(await SetAsync(core, account, false, "someone@example.org", "exemple0002", again));

        Assert.Equal($"someone@example.org,{Second}", await RowAsync(core, First));
    }

    [Fact]
    public async Task Two_names_of_one_mailbox_are_said()
    {
        await using var core = await CreateAsync();
        var (_, account) = await WithAccountsAsync(core);

        RefusedWith("RedirectTwice", "Destinations", await SetAsync(core, account, false, "exemple0002", "second@exemple.be"));
    }

    // C030: with a tag, under another name of the domain, and as the local part alone.
    [Theory]
    [InlineData("gugus.dupont+copie@exemple.be")]
    [InlineData("Gugus.Dupont@exemple.com")]
    [InlineData("gugus.dupont")]
    public async Task Its_own_address_is_recognized_however_it_is_spelled(string own)
    {
        await using var core = await CreateAsync();
        var (domain, account) = await WithAccountsAsync(core);
        Value(await core.Get<DomainAliasService>().AddAsync(domain.Id, [DomainName.Parse("exemple.com")], Actor.Panel));

        RefusedWith("RedirectOnlyItself", "Destinations", await SetAsync(core, account, false, own));
        Value(await SetAsync(core, account, false, own, "someone@example.org"));

        Assert.Equal($"someone@example.org,{First}", await RowAsync(core, First));
    }

    [Fact]
    public async Task A_copy_beside_an_alias_that_only_leads_back_is_refused_since_it_would_do_nothing()
    {
        await using var core = await CreateAsync();
        var (domain, account) = await WithAccountsAsync(core);
        await core.AddAliasAsync(domain, "retour", "exemple0001");
        await core.AddAliasAsync(domain, "tous", "exemple0001", "someone@example.org");

        RefusedWith("RedirectLeadsBack", "Destinations", await SetAsync(core, account, true, "retour@exemple.be"));
        Value(await SetAsync(core, account, true, "tous@exemple.be"));
    }

    [Fact]
    public async Task Two_colleagues_may_redirect_to_each_other_with_a_copy_and_not_without()
    {
        await using var core = await CreateAsync();
        var (domain, first) = await WithAccountsAsync(core);
        var second = await AccountAsync(core, "exemple0002");
        Value(await SetAsync(core, first, true, "second@exemple.be"));
        Value(await SetAsync(core, second, true, "gugus.dupont@exemple.be"));
        var saved = (await core.Get<RedirectRepository>().FindAsync(first.Id)).Redirect;
        Value(await core.Redirects.SetAsync(first.Id, new(saved!.Version, ["second@exemple.be"], false), Actor.Panel));

        var other = (await core.Get<RedirectRepository>().FindAsync(second.Id)).Redirect;
        var refused = await core.Redirects.SetAsync(second.Id, new(other!.Version, ["exemple0001"], false), Actor.Panel);

        RefusedWith("DestinationLoop", "Destinations", refused);
        Assert.Contains("exemple0001", Assert.Single(refused.Problems).Args[0].ToString());
        Assert.Equal($"gugus.dupont@exemple.be,{Second}", await RowAsync(core, Second));
    }

    [Fact]
    public async Task A_loop_through_an_alias_is_refused_from_either_side()
    {
        await using var core = await CreateAsync();
        var (domain, account) = await WithAccountsAsync(core);
        var alias = await core.AddAliasAsync(domain, "liste", "support@example.org");
        Value(await SetAsync(core, account, false, "liste@exemple.be"));

        RefusedWith(
            "DestinationLoop", "Destinations", await core.Aliases.AddDestinationsAsync(alias.Id, ["gugus.dupont@exemple.be"], Actor.Panel));
        Value(await core.Aliases.AddDestinationsAsync(alias.Id, ["exemple0002"], Actor.Panel));
        RefusedWith("DestinationLoop", "Destinations", await SetAsync(core, await AccountAsync(core, "exemple0002"), false, "exemple0001"));
    }

    [Fact]
    public async Task More_than_Postfix_expands_is_refused_also_through_a_redirect()
    {
        await using var core = await CreateAsync();
        var (domain, account) = await WithAccountsAsync(core);
        await core.AddAliasAsync(domain, "liste", [.. Enumerable.Range(1, 300).Select(n => $"u{n}@example.org"), "exemple0001"]);

        RefusedWith(
            "DestinationTooMany", "Destinations",
            await SetAsync(core, account, false, [.. Enumerable.Range(1, 300).Select(n => $"v{n}@example.org")]));
    }

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
    public async Task The_hoster_may_forbid_destinations_elsewhere()
    {
        await using var core = await CreateAsync();
        var (domain, account) = await WithAccountsAsync(core);
        await core.ChangeAsync<MailDomain>(domain.Id, d => d.AllowsExternalDestinations = false);

        RefusedWith("DestinationExternalForbidden", "Destinations", await SetAsync(core, account, true, "someone@example.org"));
        Value(await SetAsync(core, account, true, "exemple0002"));
    }

    [Fact]
    public async Task What_an_admin_could_not_add_may_stay_in_what_he_saves_and_nothing_of_that_kind_joins_it()
    {
        await using var core = await CreateAsync();
        var (domain, account) = await WithAccountsAsync(core);
        var neighbour = await core.AddDomainAsync("voisin.example", "voisin");
        await core.AddAccountAsync(neighbour, "pascal");
        await core.AddAccountAsync(neighbour, "marie");
        Value(await SetAsync(core, account, false, "voisin0001", "someone@example.org"));
        await core.ChangeAsync<MailDomain>(domain.Id, d => d.AllowsExternalDestinations = false);
        RedirectEdit edit = new(1, ["VOISIN0001", "someone@example.org", "second@exemple.be"], KeepsCopy: true);

        RefusedWith(
            "DestinationUnknownName", "Destinations",
            await core.Redirects.SetAsync(account.Id, edit with { Destinations = ["voisin0001", "voisin0002"] }, Jens(domain.Id)));
        RefusedWith(
            "DestinationExternalForbidden", "Destinations",
            await core.Redirects.SetAsync(account.Id, edit with { Destinations = ["other@example.org"] }, Jens(domain.Id)));
        Value(await core.Redirects.SetAsync(account.Id, edit, Jens(domain.Id)));

        Assert.Equal($"voisin0001@store.lab.example,someone@example.org,second@exemple.be,{First}", await RowAsync(core, First));
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

    private static async Task<(MailDomain Domain, Account Account)> WithAccountsAsync(CoreFixture core)
    {
        var domain = await core.AddDomainAsync();
        var account = await core.AddAccountAsync(domain, "gugus.dupont");
        await core.AddAccountAsync(domain, "second");
        return (domain, account);
    }

    private static Task<Result<SavedRedirect>> SetAsync(CoreFixture core, Account account, bool keepsCopy, params string[] destinations) =>
        core.Redirects.SetAsync(account.Id, new(0, destinations, keepsCopy), Actor.Panel);

    private static async Task<Account> AccountAsync(CoreFixture core, string username)
    {
        await using var context = core.Database.Open();
        return await context.Accounts.SingleAsync(a => a.Username == Username.Parse(username));
    }

    private static async Task<string?> RowAsync(CoreFixture core, string key) =>
        (await core.MapAsync(PostfixMap.Virtual)).GetValueOrDefault(key);

    private static async Task<List<string>> AllAsync(CoreFixture core)
    {
        var all = new List<string>();
        foreach (var map in PostfixMaps.All) all.AddRange((await core.MapAsync(map)).Select(r => $"{map} {r.Key} -> {r.Value}"));
        return [.. all.Order(StringComparer.Ordinal)];
    }
}
