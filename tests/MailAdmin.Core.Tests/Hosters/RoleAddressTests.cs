using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Hosters;
using MailAdmin.Core.Routing;
using Microsoft.EntityFrameworkCore;
using static MailAdmin.Core.Tests.Admins.AdminRightsTests;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Hosters;

/// <summary>Mail for postmaster and abuse of a domain that has neither (RFC 2142).</summary>
public sealed class RoleAddressTests
{
    [Fact]
    public async Task Postmaster_and_abuse_reach_the_hoster_where_a_domain_has_none()
    {
        await using var core = await CreateAsync();
        var jens = await FirstAsync(core);
        var domain = await core.AddDomainAsync();
        await core.Get<DomainAliasService>().AddAsync(domain.Id, [DomainName.Parse("exemple.com")], Actor.Panel);
        Value(await core.Get<HosterService>().ChangeRoleAddressAsync(0, AddrSpec.Parse("noc@hoster.example"), ActorOf(jens)));

        foreach (var address in (string[])["postmaster@exemple.be", "abuse@exemple.be", "postmaster@exemple.com"])
            Assert.Equal("noc@hoster.example", (await core.MapAsync(PostfixMap.Virtual))[address]);
        var resolved = await core.Get<ResolverRepository>().ResolveAsync(AddrSpec.Parse("Postmaster+x@exemple.be"), default);
        Assert.Equal((Verdict.Delivered, "noc@hoster.example"), (resolved.Verdict, resolved.Destinations.Single()));

        var account = await core.AddAccountAsync(domain, "postmaster");
        Assert.Equal("exemple0001@store.lab.example", (await core.MapAsync(PostfixMap.Virtual))["postmaster@exemple.be"]);
        Assert.Equal("noc@hoster.example", (await core.MapAsync(PostfixMap.Virtual))["abuse@exemple.be"]);
        Value(await core.Get<AccountAddressService>().AddAsync(account.Id, LocalPart.Parse("gugus"), Actor.Panel));
        await using var context = core.Database.Open();
        var first = context.Addresses.Single(a => a.LocalPart == LocalPart.Parse("postmaster")).Id;
        Value(await core.Get<AccountAddressService>().RemoveAsync(account.Id, first, Actor.Panel));
        Assert.Equal("noc@hoster.example", (await core.MapAsync(PostfixMap.Virtual))["postmaster@exemple.be"]);
    }

    [Fact]
    public async Task The_support_address_stands_in_and_a_change_of_it_reaches_every_domain()
    {
        await using var core = await CreateAsync();
        var jens = await FirstAsync(core);
        foreach (var name in (string[])["exemple", "voisin"]) await core.AddDomainAsync($"{name}.example", name);
        foreach (var support in (string[])["help@hoster.example", "aide@hoster.example"])
        {
            var hoster = core.Get<HosterRepository>();
            Value(await core.Get<HosterService>()
                .ChangeAsync(
                    hoster.Current.Version, new(null, AddrSpec.Parse(support), ServerNaming.Generic, null, null, null, null),
                    ActorOf(jens)));

            var rows = await core.MapAsync(PostfixMap.Virtual);
            Assert.All((string[])["postmaster@exemple.example", "abuse@voisin.example"], a => Assert.Equal(support, rows[a]));
        }
    }

    // Mail for an address that takes no mail would be accepted at RCPT and then bounce.
    [Fact]
    public async Task While_the_hosters_address_here_takes_no_mail_the_support_address_stands_in_and_without_one_the_sender_is_told()
    {
        await using var core = await CreateAsync();
        await FirstAsync(core);
        var (domain, hoster) = (await core.AddDomainAsync(), await core.AddDomainAsync("hoster.example", "hoster"));
        var noc = await core.AddAccountAsync(hoster, "noc");
        await SetAsync(core, "noc@hoster.example", "help@example.org");
        Assert.Equal("noc@hoster.example", await RoleAsync(core));

        await core.ChangeAsync<Account>(noc.Id, a => a.State = AccountState.Suspended);
        Assert.Equal("help@example.org", await RoleAsync(core));
        await core.ChangeAsync<Account>(noc.Id, a => a.State = AccountState.Active);
        Assert.Equal("noc@hoster.example", await RoleAsync(core));

        await SetAsync(core, "noc@hoster.example", null);
        await using (var context = core.Database.Open())
            Value(await core.Accounts.DeleteAsync(
                noc.Id, context.Accounts.Single(a => a.Id == noc.Id).Version, forGood: true, Actor.Panel));
        Assert.Null(await RoleAsync(core));
        var resolved = await core.Get<ResolverRepository>().ResolveAsync(AddrSpec.Parse("postmaster@exemple.be"), default);
        Assert.Equal((Verdict.Refused, "550 5.1.1"), (resolved.Verdict, resolved.Answer?[..9]));
        await core.AddAccountAsync(hoster, "noc");
        Assert.Equal("noc@hoster.example", await RoleAsync(core));

        await core.ChangeAsync<MailDomain>(hoster.Id, d => d.State = DomainState.Suspended);
        Assert.Null(await RoleAsync(core));
        await core.DeleteAsync(hoster);
        Assert.Equal("noc@hoster.example", await RoleAsync(core));
        Assert.Equal(
            domain.Id, (await core.Get<ResolverRepository>().ResolveAsync(AddrSpec.Parse("abuse@exemple.be"), default)).Steps[0].DomainId);
    }

    // An upgrade: the older version did not have these rows.
    [Fact]
    public async Task A_role_address_under_a_name_of_the_mail_host_goes_where_that_hosts_mail_goes()
    {
        await using var core = await CreateAsync();
        await core.AddDomainAsync();
        await SetAsync(core, "postmaster@mx.lab.example", null);

        var resolved = await core.Get<ResolverRepository>().ResolveAsync(AddrSpec.Parse("postmaster@exemple.be"), default);

        Assert.Equal("postmaster@mx.lab.example", await RoleAsync(core));
        Assert.Equal((Verdict.Delivered, Host.Postmaster), (resolved.Verdict, Assert.Single(resolved.Destinations)));
        Assert.Equal("postmaster@mx.lab.example", resolved.Steps.Single(s => s.Kind == StepKind.HostAddress).Subject);
    }

    [Fact]
    public async Task A_database_of_an_older_version_gets_the_rows_at_the_next_start_once()
    {
        await using var core = await CreateAsync();
        await core.AddDomainAsync();
        await SetAsync(core, "noc@hoster.example", null);
        await core.Database.ExecuteWithoutAuditAsync(async context =>
        {
            await context.ChangeCounters.ExecuteUpdateAsync(set => set.SetProperty(c => c.RowRules, 0));
            return await context.MapEntries.Where(e => e.Owner == MapOwner.Domain && e.Map == PostfixMap.Virtual).ExecuteDeleteAsync();
        }, TestContext.Current.CancellationToken);

        await core.Get<DatabasePreparation>().RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal(
            ["abuse@exemple.be", "postmaster@exemple.be"], (await core.MapAsync(PostfixMap.Virtual)).Keys.Order(StringComparer.Ordinal));
        var head = await core.Get<MapRepository>().HeadAsync(TestContext.Current.CancellationToken);
        await core.Get<DatabasePreparation>().RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(head, await core.Get<MapRepository>().HeadAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_role_address_here_that_is_nobodys_is_refused()
    {
        await using var core = await CreateAsync();
        var jens = await FirstAsync(core);
        await core.AddDomainAsync();

        RefusedWith(
            "HosterRoleAddressUnknown", "RoleAddress", await core.Get<HosterService>()
                .ChangeRoleAddressAsync(0, AddrSpec.Parse("postmaster@exemple.be"), ActorOf(jens)));
    }

    private static async Task<string?> RoleAsync(CoreFixture core) =>
        (await core.MapAsync(PostfixMap.Virtual)).GetValueOrDefault("postmaster@exemple.be");

    private static Task SetAsync(CoreFixture core, string role, string? support) => core.Database.WriteAsync(Actor.Panel, async write =>
    {
        var hoster = await write.Context.Hosters.SingleOrDefaultAsync();
        if (hoster is null) write.Context.Hosters.Add(hoster = new Hoster());
        (hoster.RoleAddress, hoster.SupportAddress) = (role, support);
    });
}
