using System.Net;
using System.Net.Sockets;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Results;
using MailAdmin.Core.Routing;
using Microsoft.EntityFrameworkCore;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Domains;

public sealed class DomainRoutingTests
{
    private static readonly NextHop Old = NextHop.Parse("smtp:[old.example.net]:25");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

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

    // D17: a next hop with another port or another name may still be this very host. Its greeting says so.
    [Theory]
    [InlineData("220 mx.lab.example ESMTP Postfix", true)]
    [InlineData("220-MX.lab.example ready", true)]
    [InlineData("220 old.example.net ESMTP for mx.lab.example", false)]
    [InlineData("", false)]
    public async Task A_server_that_greets_as_this_host_has_to_be_confirmed(string greeting, bool isTold)
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var greets = GreetAsync(server, greeting);
        var root = new Actor(1, "root", AdminRole.Superuser, null, null);
        var change = new RoutingChange(domain.Version, NextHop.Parse($"smtp:[127.0.0.1]:{((IPEndPoint)server.LocalEndpoint).Port}"));

        var asked = await core.Get<DomainRoutingService>().ChangeAsync(domain.Id, change, root);
        if (isTold) RefusedWith("NextHopPerhapsOurselves", "AcceptsHost", asked);
        if (isTold) asked = await core.Get<DomainRoutingService>().ChangeAsync(domain.Id, change with { AcceptsHost = true }, root);

        Assert.Equal(DomainRouting.Relay, Value(asked).Routing);
        await greets;
    }

    private static async Task GreetAsync(TcpListener server, string greeting)
    {
        using var client = await server.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        if (greeting.Length > 0)
            await client.GetStream()
                .WriteAsync(System.Text.Encoding.ASCII.GetBytes(greeting + "\r\n"), TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("smtp:[mx.lab.example]")]
    [InlineData("smtp:[store.lab.example]:25")]
    [InlineData("smtp:[mx2.lab.example]:587")]
    [InlineData("smtp:[localhost]")]
    [InlineData("smtp:[127.0.0.1]:25")]
    [InlineData("smtp:[::1]:465")]
    [InlineData("smtp:[192.0.2.7]")]
    public async Task Mail_is_never_handed_on_to_ourselves(string hop)
    {
        await using var core = await CreateAsync(new HashSet<IPAddress> { IPAddress.Parse("192.0.2.7") });
        var domain = await core.AddDomainAsync();
        await FollowAsync(core, "mx2.lab.example");

        RefusedWith("NextHopOurselves", "NextHop", await SwitchAsync(core, domain.Id, NextHop.Parse(hop)));
        RefusedWith("NextHopOurselves", "NextHop", await core.Domains.CreateAsync(
            new NewDomain(DomainName.Parse("voisin.example"), Prefix.Parse("voisin")) { NextHop = NextHop.Parse(hop) }, Actor.Panel));
    }

    [Fact]
    public async Task Another_server_on_this_machine_has_a_port_of_its_own()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        Value(await SwitchAsync(core, domain.Id, NextHop.Parse("smtp:[127.0.0.1]:2525")));
    }

    [Fact]
    public async Task The_preview_counts_whom_a_switch_concerns()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync(change: d => d with { NextHop = Old });
        var holder = await core.AddAccountAsync(domain, "pascal");
        Value(await core.TryAddAccountAsync(domain, "gugus.dupont"));
        var closed = await core.AddAccountAsync(domain, "calme");
        await core.ChangeAsync<Account>(closed.Id, a => a.Services = MailProtocols.Imap);
        await core.AddAliasAsync(domain, "info", "pascal@exemple.be");
        await core.ChangeAsync<MailDomain>(domain.Id, d => d.CatchAllAccountId = holder.Id);

        var preview = await core.Get<RoutingPreviewRepository>().ReadAsync(domain.Id, names: true);

        Assert.Equal((3, 1, 1, 3, 1), (preview.Accounts, preview.Pending, preview.Closed, preview.Addresses, preview.Aliases));
        Assert.Equal("exemple0002", Assert.Single(preview.FirstPending).Value);
        Assert.Equal(holder.Username, preview.CatchAll);
    }

    [Fact]
    public async Task The_tracer_tells_apart_whom_a_domain_on_its_way_delivers_and_whom_it_hands_on()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync(change: d => d with { NextHop = Old });
        await core.AddAccountAsync(domain, "gugus.dupont");
        var resolver = core.Get<ResolverRepository>();
        Assert.Equal(Verdict.Relayed, (await resolver.ResolveAsync(AddrSpec.Parse("gugus.dupont@exemple.be"), Cancellation)).Verdict);

        Value(await SwitchAsync(core, domain.Id, null));

        var known = await resolver.ResolveAsync(AddrSpec.Parse("gugus.dupont+x@exemple.be"), Cancellation);
        var unknown = await resolver.ResolveAsync(AddrSpec.Parse("ancien@exemple.be"), Cancellation);
        Assert.Equal((Verdict.Delivered, "exemple0001@store.lab.example"), (known.Verdict, Assert.Single(known.Destinations)));
        Assert.Equal((Verdict.Relayed, "ancien@exemple.be"), (unknown.Verdict, Assert.Single(unknown.Destinations)));
        Assert.Contains(unknown.Steps, s => s.Kind == StepKind.DomainSwitching);
    }

    // A second mail store is a second Cyrus server.
    [Fact]
    public async Task A_domain_on_a_second_store_leads_to_its_mailboxes_there()
    {
        await using var core = await CreateAsync();
        var (domain, neighbour) = (await core.AddDomainAsync(), await core.AddDomainAsync("voisin.example", "voisin"));
        await core.AddAccountAsync(domain, "gugus.dupont");
        await core.AddAccountAsync(neighbour, "pascal");
        var store = new MailStore { Name = DomainName.Parse("store2.lab.example"), NextHop = "store:inet:[192.0.2.9]:24" };
        await core.Database.WriteAsync(Actor.Panel, write =>
        {
            write.Context.Stores.Add(store);
            return Task.CompletedTask;
        }, Cancellation);

        await core.ChangeAsync<MailDomain>(neighbour.Id, d => d.StoreId = store.Id);

        var transport = await core.MapAsync(PostfixMap.Transport);
        Assert.Equal(("store:unix:/lmtp", "store:inet:[192.0.2.9]:24"), (transport["store.lab.example"], transport["store2.lab.example"]));
        var rows = await core.MapAsync(PostfixMap.Virtual);
        Assert.Equal(
            ("exemple0001@store.lab.example", "voisin0001@store2.lab.example"),
            (rows["gugus.dupont@exemple.be"], rows["pascal@voisin.example"]));
        RefusedWith("DomainIsHostName", "Name", await core.Domains.CreateAsync(new NewDomain(store.Name, Prefix.Parse("x")), Actor.Panel));
    }

    private static async Task<Result<MailDomain>> SwitchAsync(CoreFixture core, long id, NextHop? hop)
    {
        await using var context = core.Database.Open();
        var version = await context.Domains.Where(d => d.Id == id).Select(d => d.Version).SingleAsync(Cancellation);
        return await core.Get<DomainRoutingService>().ChangeAsync(id, new(version, hop), Actor.Panel);
    }

    private static async Task FollowAsync(CoreFixture core, params string[] hosts)
    {
        foreach (var host in hosts) await core.Get<MapRepository>().SavePositionAsync(host, 1, null, Cancellation);
    }

    private static async Task ReportAsync(CoreFixture core, long domainId, string host, bool isClear, int waiting = 0)
    {
        var work = (await core.Get<DomainSwitchRepository>().ListAsync(Cancellation)).Single(w => w.DomainId == domainId);
        await core.Get<DomainSwitchRepository>().ReportAsync(
            new SwitchReport { DomainId = domainId, Host = host, Sequence = work.Sequence, IsClear = isClear, Waiting = waiting },
            Cancellation);
    }
}
