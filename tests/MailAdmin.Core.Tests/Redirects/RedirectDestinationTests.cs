using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Redirects;
using Microsoft.EntityFrameworkCore;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Redirects;

/// <summary>Which destinations a redirect may have.</summary>
public sealed class RedirectDestinationTests : RedirectTest
{
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
}
