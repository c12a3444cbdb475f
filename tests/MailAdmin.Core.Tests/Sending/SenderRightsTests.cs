using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Hosters;
using MailAdmin.Core.Sending;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Sending;

public sealed class SenderRightsTests
{
    [Fact]
    public async Task A_header_may_name_what_the_map_of_senders_gives_to_the_login_with_a_tag_and_in_any_case()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        await core.AddAccountAsync(domain, "gugus.dupont");
        await core.AddAccountAsync(domain, "pascal");
        await core.AddAliasAsync(domain, "seul", "gugus.dupont@exemple.be");
        await core.AddAliasAsync(domain, "partage", "gugus.dupont@exemple.be", "pascal@exemple.be");
        var rights = core.Get<ISenderRights>();

        foreach (var login in (string[])["exemple0001", "gugus.dupont@exemple.be"])
        {
            foreach (var mine in (string[])["gugus.dupont@exemple.be", "Gugus.Dupont+liste@EXEMPLE.be", "seul@exemple.be"])
                Assert.True(rights.MaySendAs(login, AddrSpec.Parse(mine)), mine);
            foreach (
                var foreign in (string[])["pascal@exemple.be", "partage@exemple.be", "gugus.dupont@example.org", "personne@exemple.be"])
                Assert.False(rights.MaySendAs(login, AddrSpec.Parse(foreign)), foreign);
        }
        Assert.False(rights.MaySendAs("exemple", AddrSpec.Parse("gugus.dupont@exemple.be")));
    }

    [Fact]
    public async Task A_script_answers_as_any_address_by_which_its_mail_comes()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        foreach (var name in (string[])["gugus.dupont", "pascal"])
            await core.ChangeAsync<Account>((await core.AddAccountAsync(domain, name)).Id, a => a.MailboxReady = true);
        await core.AddAliasAsync(domain, "partage", "gugus.dupont@exemple.be", "pascal@exemple.be");
        var rights = core.Get<ISenderRights>();

        Assert.True(rights.MayAnswerAs("exemple0001", AddrSpec.Parse("gugus.dupont@exemple.be")));
        Assert.True(rights.MayAnswerAs("exemple0001", AddrSpec.Parse("partage+x@exemple.be")));
        Assert.False(rights.MayAnswerAs("exemple0001", AddrSpec.Parse("pascal@exemple.be")));
        Assert.False(rights.MayAnswerAs("exemple000", AddrSpec.Parse("partage@exemple.be")));
    }

    [Fact]
    public async Task A_script_sends_mail_on_outside_only_where_its_domain_allows_that()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        await core.AddDomainAsync("voisin.example", "voisin");
        await core.AddAccountAsync(domain, "gugus.dupont");
        var rights = core.Get<ISenderRights>();
        Assert.True(rights.MayRedirectTo("exemple0001", DomainName.Parse("example.org")));

        await core.ChangeAsync<MailDomain>(domain.Id, d => d.AllowsExternalDestinations = false);

        Assert.False(rights.MayRedirectTo("exemple0001", DomainName.Parse("example.org")));
        Assert.False(rights.MayRedirectTo("exemple0001", null));
        Assert.True(rights.MayRedirectTo("exemple0001", DomainName.Parse("exemple.be")));
        Assert.True(rights.MayRedirectTo("exemple0001", DomainName.Parse("voisin.example")));
    }

    [Fact]
    public async Task From_is_checked_until_the_hoster_says_otherwise()
    {
        await using var core = await CreateAsync();
        var (rights, settings) = (core.Get<ISenderRights>(), new HosterSettings(null, null, ServerNaming.Generic, null, null, null, null));
        Assert.True(rights.ChecksFrom());
        Value(await core.Get<HosterService>().ChangeAsync(0, settings with { AllowsAnyFrom = true }, Actor.Panel));
        Assert.False(rights.ChecksFrom());
        Value(await core.Get<HosterService>().ChangeAsync(1, settings, Actor.Panel));
        Assert.True(rights.ChecksFrom());
    }
}
