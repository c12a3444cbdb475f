using MailAdmin.Core.Domains;
using MailAdmin.Core.Routing;

namespace MailAdmin.Provisioning.Postfix;

/// <summary>
/// What pages ask the Postfix of this host while they are made. Nothing here throws because of Postfix, and nothing waits longer than its
/// budget.
/// </summary>
public interface IMailHost
{
    /// <summary>What Postfix itself finds in this host's maps: the values of the keys that are there.</summary>
    /// <returns>Null where this process keeps no maps, and when postmap did not answer in time.</returns>
    Task<IReadOnlyDictionary<(PostfixMap Map, string Key), string>?> ReadMapsAsync(
        IReadOnlyCollection<string> keys, TimeSpan budget, CancellationToken cancellationToken);

    /// <summary>How much mail with recipients under the domain's names waits on this host.</summary>
    /// <returns>Null where this process keeps no maps (the queues are on other hosts), and when Postfix did not answer in time.</returns>
    Task<WaitingOnHost?> CountWaitingAsync(MailDomain domain, TimeSpan budget, CancellationToken cancellationToken);
}

/// <param name="Count">Messages.</param>
public sealed record WaitingOnHost(string Host, int Count);

/// <summary>For a panel whose maps are on other hosts.</summary>
internal sealed class NoMailHost : IMailHost
{
    public Task<IReadOnlyDictionary<(PostfixMap Map, string Key), string>?> ReadMapsAsync(
        IReadOnlyCollection<string> keys, TimeSpan budget, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<(PostfixMap, string), string>?>(null);

    public Task<WaitingOnHost?> CountWaitingAsync(MailDomain domain, TimeSpan budget, CancellationToken cancellationToken) =>
        Task.FromResult<WaitingOnHost?>(null);
}
