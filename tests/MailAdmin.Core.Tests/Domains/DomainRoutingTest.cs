using System.Net.Sockets;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Results;
using MailAdmin.Core.Routing;
using Microsoft.EntityFrameworkCore;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Domains;

/// <summary>Switches a domain and reports what the mail hosts have done.</summary>
public abstract class DomainRoutingTest
{
    private protected static readonly NextHop Old = NextHop.Parse("smtp:[old.example.net]:25");

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected static async Task GreetAsync(TcpListener server, string greeting)
    {
        using var client = await server.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        if (greeting.Length > 0)
            await client.GetStream()
                .WriteAsync(System.Text.Encoding.ASCII.GetBytes(greeting + "\r\n"), TestContext.Current.CancellationToken);
    }

    private protected static async Task<Result<MailDomain>> SwitchAsync(CoreFixture core, long id, NextHop? hop)
    {
        await using var context = core.Database.Open();
        var version = await context.Domains.Where(d => d.Id == id).Select(d => d.Version).SingleAsync(Cancellation);
        return await core.Get<DomainRoutingService>().ChangeAsync(id, new(version, hop), Actor.Panel);
    }

    private protected static async Task FollowAsync(CoreFixture core, params string[] hosts)
    {
        foreach (var host in hosts) await core.Get<MapRepository>().SavePositionAsync(host, 1, null, Cancellation);
    }

    private protected static async Task ReportAsync(CoreFixture core, long domainId, string host, bool isClear, int waiting = 0)
    {
        var work = (await core.Get<DomainSwitchRepository>().ListAsync(Cancellation)).Single(w => w.DomainId == domainId);
        await core.Get<DomainSwitchRepository>().ReportAsync(
            new SwitchReport { DomainId = domainId, Host = host, Sequence = work.Sequence, IsClear = isClear, Waiting = waiting },
            Cancellation);
    }
}
