using MailAdmin.Core.MailboxCopies;
using MailAdmin.Provisioning.MailboxCopies;
using MailAdmin.Provisioning.Tests.Cyrus;
using MailAdmin.Testing.Servers;

namespace MailAdmin.Provisioning.Tests.MailboxCopies;

/// <summary>What the test of a connection tells.</summary>
[Collection(nameof(CyrusServers))]
public sealed class SourceConnectorTests(CyrusFixture fixture)
{
    private static readonly MailboxCopyOptions Options = new() { Timeout = TimeSpan.FromSeconds(20) };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_right_entries_work_over_TLS_too()
    {
        var cyrus = await fixture.ServerAsync();
        var name = Specs.NewName();
        await using (var admin = await RawImap.SignInAsync(cyrus)) await admin.OkAsync($"CREATE user/{name}");
        var password = cyrus.Options().AdminPassword!;

        MailboxSource plain = new(
            "127.0.0.1", cyrus.Port, SourceSecurity.None, true, SourceAuthentication.Password, name, null, password, true);
        Assert.Null(await TestAsync(plain));
        Assert.Null(await TestAsync(plain with { Host = "localhost", Port = cyrus.TlsPort, Security = SourceSecurity.Tls }));
        Assert.Null(await TestAsync(plain with { Security = SourceSecurity.StartTls }));
        Assert.Null(await TestAsync(plain with { Authentication = SourceAuthentication.Proxy, ProxyUser = "cyrus" }));
    }

    [Fact]
    public async Task Each_wrong_entry_is_told_apart()
    {
        var cyrus = await fixture.ServerAsync();
        MailboxSource right = new(
            "127.0.0.1", cyrus.Port, SourceSecurity.None, false, SourceAuthentication.Password, "nobody", null, "wrong", true);

        Assert.Equal(CopyFailure.SignInRefused, await TestAsync(right));
        Assert.Equal(CopyFailure.AuthenticationUnsupported, await TestAsync(right with { Authentication = SourceAuthentication.OAuth2 }));
        Assert.Equal(CopyFailure.NoAnswer, await TestAsync(right with { Port = LoopbackPort.Free() }));
        Assert.Equal(CopyFailure.HostUnknown, await TestAsync(right with { Host = "no-such-host.invalid" }));
        Assert.Equal(CopyFailure.NotSecured, await TestAsync(right with { Security = SourceSecurity.Tls }));
        Assert.Equal(CopyFailure.CertificateInvalid, await TestAsync(right with { Security = SourceSecurity.Tls, Port = cyrus.TlsPort }));
        Assert.Equal(CopyFailure.NetworkForbidden, await TestAsync(right with { ReachesPrivateNetworks = false }));
        Assert.Equal(CopyFailure.NetworkForbidden, await TestAsync(right with { ReachesPrivateNetworks = false, Host = "localhost" }));
    }

    private static async Task<CopyFailure?> TestAsync(MailboxSource source)
    {
        var connector = new SourceConnector(new SourceAddresses(new SourceNetworks(Options)), Options);
        return (await connector.TestAsync(source, Cancellation))?.Failure;
    }
}
