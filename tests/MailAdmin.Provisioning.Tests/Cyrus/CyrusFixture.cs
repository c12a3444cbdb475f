using MailAdmin.Provisioning.Cyrus;
using MailAdmin.Provisioning.Tests.Cyrus;
using MailAdmin.Testing.Servers;

[assembly: AssemblyFixture(typeof(CyrusFixture))]

namespace MailAdmin.Provisioning.Tests.Cyrus;

/// <summary>One Cyrus for each naming convention, shared by the whole assembly and started by the first test that needs it.</summary>
public sealed class CyrusFixture : IAsyncDisposable
{
    private readonly Lazy<Task<PrivateCyrus>> _slashes = new(() => PrivateCyrus.StartAsync(slashes: true));
    private readonly Lazy<Task<PrivateCyrus>> _dots = new(() => PrivateCyrus.StartAsync(slashes: false));

    private readonly Lazy<Task<PrivateCyrus>> _userid = new(() => PrivateCyrus.StartAsync(slashes: true, virtdomains: "userid"));

    /// <summary>A Cyrus that takes the part of a login behind the @ for a domain.</summary>
    internal Task<PrivateCyrus> WithVirtualDomainsAsync() => _userid.Value;

    internal Task<PrivateCyrus> ServerAsync(bool slashes = true) => slashes ? _slashes.Value : _dots.Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var cyrus in (Lazy<Task<PrivateCyrus>>[])[_slashes, _dots, _userid])
            if (cyrus is { IsValueCreated: true, Value.IsCompletedSuccessfully: true }) await (await cyrus.Value).DisposeAsync();
    }
}

/// <summary>These tests share the servers, and one of them freezes them, so they run one after the other.</summary>
[CollectionDefinition(nameof(CyrusServers))]
public sealed class CyrusServers;

/// <summary>The classes under test with their connection pool, as the services create them.</summary>
internal sealed class Provisioner(CyrusOptions options) : IDisposable
{
    private readonly CyrusConnections _connections = new(options, TimeProvider.System);

    public CyrusMailboxes Mailboxes => new(_connections, options);

    public BatchMailboxCreator BatchMailboxCreator => new(_connections);

    public void Dispose() => _connections.Dispose();
}
