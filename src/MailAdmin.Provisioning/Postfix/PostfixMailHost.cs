using System.Text.Json;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Routing;
using MailAdmin.Provisioning.Processes;

namespace MailAdmin.Provisioning.Postfix;

/// <summary>The Postfix whose maps this process keeps.</summary>
internal sealed class PostfixMailHost(Postmap postmap, MailQueue queue, MapOptions options) : IMailHost
{
    public Task<IReadOnlyDictionary<(PostfixMap Map, string Key), string>?> ReadMapsAsync(
        IReadOnlyCollection<string> keys, TimeSpan budget, CancellationToken cancellationToken) =>
        WithinAsync<IReadOnlyDictionary<(PostfixMap Map, string Key), string>>(budget, async token =>
        {
            var found = await Task.WhenAll(
                PostfixMaps.All.Select(async map => (Map: map, Rows: await postmap.QueryAsync(map.FileName(), keys, token))));
            return found.SelectMany(f => f.Rows.Select(r => (f.Map, r.Key, r.Value))).ToDictionary(r => (r.Map, r.Key), r => r.Value);
        }, cancellationToken);

    public Task<WaitingOnHost?> CountWaitingAsync(MailDomain domain, TimeSpan budget, CancellationToken cancellationToken) =>
        WithinAsync<WaitingOnHost>(budget, async token =>
    {
        var names = domain.Aliases.Select(a => a.Name.Value).Prepend(domain.Name.Value).ToHashSet(StringComparer.Ordinal);
        return new(options.Host, (await queue.ListAsync(names, token)).Count);
    }, cancellationToken);

    private static async Task<T?> WithinAsync<T>(
        TimeSpan budget, Func<CancellationToken, Task<T>> read, CancellationToken cancellationToken) where T : class
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(budget);
        try
        {
            return await read(limit.Token);
        }
        catch (Exception failure) when (
            failure is CommandException or JsonException
            || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }
}
