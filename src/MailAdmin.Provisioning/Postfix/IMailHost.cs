using MailAdmin.Core.Domains;
using MailAdmin.Core.Routing;

namespace MailAdmin.Provisioning.Postfix;

/// <summary>
/// Queries of pages to this host's Postfix while they are rendered. Nothing here throws because of Postfix, and nothing waits longer than
/// its budget.
/// </summary>
public interface IMailHost
{
    /// <summary>Reads what Postfix itself finds in this host's maps: the values of the existing keys.</summary>
    /// <returns>Null if this process keeps no maps, or if postmap did not answer in time.</returns>
    Task<IReadOnlyDictionary<(PostfixMap Map, string Key), string>?> ReadMapsAsync(
        IReadOnlyCollection<string> keys, TimeSpan budget, CancellationToken cancellationToken);

    /// <summary>Counts the messages with recipients under the domain's names that wait on this host.</summary>
    /// <returns>Null if this process keeps no maps (the queues are on other hosts), or if Postfix did not answer in time.</returns>
    Task<WaitingOnHost?> CountWaitingAsync(MailDomain domain, TimeSpan budget, CancellationToken cancellationToken);
}

/// <param name="Count">Messages.</param>
public sealed record WaitingOnHost(string Host, int Count);

/// <summary>The implementation for a panel whose maps are on other hosts.</summary>
internal sealed class NoMailHost : IMailHost
{
    public Task<IReadOnlyDictionary<(PostfixMap Map, string Key), string>?> ReadMapsAsync(
        IReadOnlyCollection<string> keys, TimeSpan budget, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<(PostfixMap, string), string>?>(null);

    public Task<WaitingOnHost?> CountWaitingAsync(MailDomain domain, TimeSpan budget, CancellationToken cancellationToken) =>
        Task.FromResult<WaitingOnHost?>(null);
}
