using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Routing;
using Microsoft.EntityFrameworkCore;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Domains;

/// <summary>A switch from its first step to the end that every host has reported.</summary>
public sealed class DomainRoutingTests : DomainRoutingTest
{
    [Fact]
    public async Task A_switch_follows_the_domains_addresses_and_hands_on_all_others_until_every_host_has_done_its_part()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync(change: d => d with { NextHop = Old });
        await core.AddAccountAsync(domain, "gugus.dupont");
        await FollowAsync(core, "mx1", "mx2");
        Assert.Empty(await core.MapAsync(PostfixMap.Virtual));

        Value(await SwitchAsync(core, domain.Id, null));
        Assert.Contains("gugus.dupont@exemple.be", await core.MapAsync(PostfixMap.Virtual));
        Assert.Contains("exemple.be", await core.MapAsync(PostfixMap.RelayDomains));
        Assert.Empty(await core.MapAsync(PostfixMap.Domains));
        var refused = await core.MapAsync(PostfixMap.Refused);
        Assert.Equal("reject_unverified_recipient", refused["exemple.be"]);
        Assert.Equal("DUNNO", refused["gugus.dupont@exemple.be"]);

        await ReportAsync(core, domain.Id, "mx1", isClear: true);
        await ReportAsync(core, domain.Id, "mx2", isClear: false, waiting: 3);
        Assert.Empty(await core.MapAsync(PostfixMap.Domains));
        var progress = await core.Get<DomainSwitchRepository>().ProgressAsync(domain.Id);
        Assert.Equal([("mx1", 0), ("mx2", 3)], progress!.Hosts.Select(h => (h.Host, h.Report!.Waiting)));

        await ReportAsync(core, domain.Id, "mx2", isClear: true);
        Assert.Equal("hosted", (await core.MapAsync(PostfixMap.Domains))["exemple.be"]);
        Assert.Empty(await core.MapAsync(PostfixMap.RelayDomains));
        Assert.Empty(await core.MapAsync(PostfixMap.Refused));
        Assert.DoesNotContain("exemple.be", await core.MapAsync(PostfixMap.Transport));
        Assert.Null(await core.Get<DomainSwitchRepository>().ProgressAsync(domain.Id));
    }

    [Fact]
    public async Task On_the_way_back_the_addresses_stay_until_the_hosts_have_forgotten_and_the_way_here_is_as_before()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        var account = await core.AddAccountAsync(domain, "gugus.dupont");
        await core.ChangeAsync<MailDomain>(domain.Id, d => d.CatchAllAccountId = account.Id);
        await FollowAsync(core, "mx1");
        var before = await core.MapAsync(PostfixMap.Virtual);

        Value(await SwitchAsync(core, domain.Id, Old));
        Assert.Equal(before, await core.MapAsync(PostfixMap.Virtual));
        Assert.Empty(await core.MapAsync(PostfixMap.Domains));
        Assert.Equal(Old.Value, (await core.MapAsync(PostfixMap.Transport))["exemple.be"]);
        // The catch-all still takes mail for every address, so the next hop does not have to be asked about recipients.
        Assert.DoesNotContain("exemple.be", await core.MapAsync(PostfixMap.Refused));

        await ReportAsync(core, domain.Id, "mx1", isClear: true);
        Assert.Empty(await core.MapAsync(PostfixMap.Virtual));
        Assert.Empty(await core.MapAsync(PostfixMap.Senders));
        Assert.Equal("reject_unverified_recipient", Assert.Single(await core.MapAsync(PostfixMap.Refused)).Value);

        Value(await SwitchAsync(core, domain.Id, null));
        await ReportAsync(core, domain.Id, "mx1", isClear: true);
        Assert.Equal(before, await core.MapAsync(PostfixMap.Virtual));
    }

    [Fact]
    public async Task A_report_of_an_earlier_switch_completes_nothing()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync(change: d => d with { NextHop = Old });
        await FollowAsync(core, "mx1");
        Value(await SwitchAsync(core, domain.Id, null));
        var first = (await core.Get<DomainSwitchRepository>().ListAsync(Cancellation))[0];
        Value(await SwitchAsync(core, domain.Id, Old));

        await core.Get<DomainSwitchRepository>().ReportAsync(
            new SwitchReport { DomainId = domain.Id, Host = "mx1", Sequence = first.Sequence, IsClear = true }, Cancellation);

        Assert.NotNull(await core.Get<DomainSwitchRepository>().ProgressAsync(domain.Id));
        Assert.Equal(DomainRouting.Relay, Assert.Single(await core.Get<DomainSwitchRepository>().ListAsync(Cancellation)).Routing);
    }

    [Fact]
    public async Task What_happened_is_recorded_with_before_and_after_and_so_is_the_end()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync(change: d => d with { NextHop = Old });
        await FollowAsync(core, "mx1");

        Value(await SwitchAsync(core, domain.Id, null));
        await ReportAsync(core, domain.Id, "mx1", isClear: true);

        await using var context = core.Database.Open();
        var events = await context.AuditEvents.Where(e => e.Kind.StartsWith("domain.routing")).OrderBy(e => e.Id).ToListAsync(Cancellation);
        Assert.Equal(["domain.routing-changed", "domain.routing-completed"], events.Select(e => e.Kind));
        Assert.Contains("old.example.net", events[0].Before, StringComparison.Ordinal);
        Assert.DoesNotContain("old.example.net", events[0].After, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_second_of_two_who_switch_at_once_is_told()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        Value(await SwitchAsync(core, domain.Id, Old));

        var second = await core.Get<DomainRoutingService>()
            .ChangeAsync(domain.Id, new(domain.Version, NextHop.Parse("smtp:[other.example.net]")), Actor.Panel);

        RefusedWith("ChangedMeanwhile", null, second);
    }

    [Fact]
    public async Task The_end_of_a_switch_disturbs_nobody_who_edits_the_domain()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync(change: d => d with { NextHop = Old });
        await FollowAsync(core, "mx1");
        var switched = Value(await SwitchAsync(core, domain.Id, null));

        await ReportAsync(core, domain.Id, "mx1", isClear: true);

        await using var context = core.Database.Open();
        Assert.Equal(switched.Version, (await context.Domains.SingleAsync(Cancellation)).Version);
    }

    [Fact]
    public async Task Only_a_superuser_switches()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        await Assert.ThrowsAsync<NotPermittedException>(
            () => core.Get<DomainRoutingService>().ChangeAsync(domain.Id, new(domain.Version, Old), Jens(domain.Id)));
    }
}
