using System.Net;
using System.Net.Sockets;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Routing;
using Microsoft.EntityFrameworkCore;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Domains;

/// <summary>Where a domain may be switched to, and what is told of it.</summary>
public sealed class RoutingTargetTests : DomainRoutingTest
{
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
}
