namespace MailAdmin.Provisioning.Hosting;

internal static class Waiting
{
    /// <summary>
    /// Waits until <paramref name="bell"/> completes, but no longer than <paramref name="pause"/>; also ends when stopping.
    /// </summary>
    public static async Task ForAsync(Task bell, TimeSpan pause, CancellationToken stoppingToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        over.CancelAfter(pause);
        try
        {
            await bell.WaitAsync(over.Token);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The pause is over.
        }
    }
}
