namespace MailAdmin.Provisioning.Servers;

/// <summary>A reading for a page, which waits so long and no longer.</summary>
internal static class Budget
{
    /// <returns>Null when the mail server refused, is away, or took too long.</returns>
    public static async Task<T?> WithinAsync<T>(
        TimeSpan budget, Func<CancellationToken, Task<T>> read, CancellationToken cancellation) where T : class
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(budget);
        try
        {
            return await read(limit.Token);
        }
        catch (Exception e) when (e is ServerUnavailableException or ServerRefusedException
            || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return null;
        }
    }
}
