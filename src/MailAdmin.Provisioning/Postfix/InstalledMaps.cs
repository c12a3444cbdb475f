using MailAdmin.Core.Routing;

namespace MailAdmin.Provisioning.Postfix;

/// <summary>What Postfix itself finds in this host's maps, for pages that show it.</summary>
public sealed class InstalledMaps
{
    private readonly Postmap _postmap;

    internal InstalledMaps(Postmap postmap) => _postmap = postmap;

    /// <summary>The values of the keys that are there; null when postmap did not answer within the budget.</summary>
    public async Task<IReadOnlyDictionary<(PostfixMap Map, string Key), string>?> ReadAsync(
        IReadOnlyCollection<string> keys, TimeSpan budget, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(budget);
        try
        {
            var found = await Task.WhenAll(PostfixMaps.All.Select(async map => (Map: map, Rows: await _postmap.QueryAsync(map.FileName(), keys, limit.Token))));
            return found.SelectMany(f => f.Rows.Select(r => (f.Map, r.Key, r.Value))).ToDictionary(r => (r.Map, r.Key), r => r.Value);
        }
        catch (Exception failure) when (failure is OperationCanceledException or PostmapException && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
