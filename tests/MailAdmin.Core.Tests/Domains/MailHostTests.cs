using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Routing;
using Microsoft.EntityFrameworkCore;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Domains;

/// <summary>Mail hosts that are gone for good, and what waits for them.</summary>
public sealed class MailHostTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_switch_that_waits_for_a_dead_host_alone_is_completed_when_the_superuser_goes_on_without_it()
    {
        await using var core = await CreateAsync();
        var domain = await SwitchingAsync(core, "mx1", "dead");
        await ReportAsync(core, "mx1");
        Assert.Empty(await core.MapAsync(PostfixMap.Domains));

        await ForgetAsync(core, "dead");

        Assert.Equal("hosted", (await core.MapAsync(PostfixMap.Domains))["exemple.be"]);
        Assert.Null(await core.Get<DomainSwitchRepository>().ProgressAsync(domain.Id));
        await using var context = core.Database.Open();
        Assert.Equal(
            ["host.forgotten", "domain.routing-completed"],
            (await context.AuditEvents.OrderBy(e => e.Id).Select(e => e.Kind).ToListAsync(Cancellation)).TakeLast(2));
    }

    [Fact]
    public async Task A_switch_goes_on_waiting_for_the_hosts_that_are_left()
    {
        await using var core = await CreateAsync();
        await SwitchingAsync(core, "mx1", "mx2", "dead");
        await ReportAsync(core, "mx1");

        await ForgetAsync(core, "dead");
        Assert.Empty(await core.MapAsync(PostfixMap.Domains));

        await ReportAsync(core, "mx2");
        Assert.NotEmpty(await core.MapAsync(PostfixMap.Domains));
    }

    [Fact]
    public async Task The_only_host_stays_and_only_a_superuser_forgets_one()
    {
        await using var core = await CreateAsync();
        var domain = await SwitchingAsync(core, "mx1", "dead");

        await Assert.ThrowsAsync<NotPermittedException>(() => core.Get<MailHostService>().ForgetAsync("dead", Jens(domain.Id)));
        await ForgetAsync(core, "dead");
        // The second click of a double click.
        await ForgetAsync(core, "dead");

        RefusedWith("MailHostOnly", null, await core.Get<MailHostService>().ForgetAsync("mx1", Actor.Panel));
    }

    [Fact]
    public async Task Removed_keys_are_not_kept_for_a_host_that_was_forgotten()
    {
        await using var core = await CreateAsync();
        await SwitchingAsync(core, "mx1", "dead");
        var alias = await core.AddAliasAsync(await core.AddDomainAsync("voisin.example", "voisin"), "info", "support@example.org");
        Value(await core.Aliases.DeleteAsync(alias.Id, Actor.Panel));
        await core.Get<MapRepository>().SavePositionAsync("mx1", 1_000, null, Cancellation);
        Assert.True(await HasTombstonesAsync(core));

        await ForgetAsync(core, "dead");
        await core.Get<MapRepository>().SavePositionAsync("mx1", 1_001, null, Cancellation);

        Assert.False(await HasTombstonesAsync(core));
    }

    private static async Task ForgetAsync(CoreFixture core, string host) =>
        Assert.Empty((await core.Get<MailHostService>().ForgetAsync(host, Actor.Panel)).Problems);

    private static async Task<bool> HasTombstonesAsync(CoreFixture core)
    {
        await using var context = core.Database.Open();
        return await context.MapEntries.AnyAsync(e => e.Value == null, Cancellation);
    }

    private static async Task<MailDomain> SwitchingAsync(CoreFixture core, params string[] hosts)
    {
        var domain = await core.AddDomainAsync(change: d => d with { NextHop = NextHop.Parse("smtp:[old.example.net]:25") });
        foreach (var host in hosts) await core.Get<MapRepository>().SavePositionAsync(host, 1, null, Cancellation);
        return Value(await core.Get<DomainRoutingService>().ChangeAsync(domain.Id, new(domain.Version, null), Actor.Panel));
    }

    private static async Task ReportAsync(CoreFixture core, string host)
    {
        var switches = core.Get<DomainSwitchRepository>();
        var work = (await switches.ListAsync(Cancellation))[0];
        await switches.ReportAsync(
            new SwitchReport { DomainId = work.DomainId, Host = host, Sequence = work.Sequence, IsClear = true }, Cancellation);
    }
}
