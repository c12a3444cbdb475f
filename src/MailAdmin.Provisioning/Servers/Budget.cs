namespace MailAdmin.Provisioning.Servers;

/// <summary>Limits the time of a reading for a page.</summary>
internal static class Budget
{
    /// <returns>Null if the mail server refused, is unavailable, or took too long.</returns>
    public static async Task<T?> WithinAsync<T>(
        TimeSpan budget, Func<CancellationToken, Task<T>> read, CancellationToken cancellationToken) where T : class
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(budget);
        try
        {
            return await read(limit.Token);
        }
        catch (Exception e) when (e is ServerUnavailableException or ServerRefusedException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }
}
