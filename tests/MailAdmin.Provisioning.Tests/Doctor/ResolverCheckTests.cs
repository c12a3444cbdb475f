using System.Net;
using System.Net.Sockets;
using MailAdmin.Core.Domains;
using MailAdmin.Provisioning.Dns;
using MailAdmin.Provisioning.Doctor;
using MailAdmin.Testing.Dns;

namespace MailAdmin.Provisioning.Tests.Doctor;

public sealed class ResolverCheckTests
{
    [Fact]
    public async Task A_resolver_that_answers_is_fine_even_if_the_name_is_unknown_to_it_and_one_that_refuses_is_not()
    {
        await using var server = await NameServer.StartAsync(("example.org", "www IN A 192.0.2.1"));

        Assert.Empty(await CheckAsync(server.Address.ToString(), "mail.example.org"));
        Assert.Equal("ResolverFailed", (await CheckAsync(server.Address.ToString(), "mail.example.net")).Single().Code);
    }

    [Fact]
    public async Task A_resolver_that_never_answers_is_told()
    {
        using var silent = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        Assert.Equal("ResolverSilent", (await CheckAsync(silent.LocalEndPoint!.ToString()!, "mail.example.org")).Single().Code);
    }

    private static async Task<IReadOnlyList<Finding>> CheckAsync(string resolver, string host)
    {
        var options = new DnsOptions { Resolvers = [resolver], Timeout = TimeSpan.FromSeconds(1) };
        using var lookup = new DnsClientLookup(options);
        var inspector = new DnsInspector(lookup, options, new MailHostNames(DomainName.Parse(host)), TimeProvider.System);
        return await new ResolverCheck(lookup, inspector).RunAsync(TestContext.Current.CancellationToken);
    }
}
