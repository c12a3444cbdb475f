using MailAdmin.Core.Accounts;
using MailAdmin.Provisioning.Servers;

namespace MailAdmin.Provisioning.Sieve;

/// <summary>What a page sees of a user's own script.</summary>
public sealed class ActiveScripts
{
    private readonly SieveScripts _scripts;

    internal ActiveScripts(SieveScripts scripts) => _scripts = scripts;

    /// <param name="username">Whose scripts.</param>
    /// <param name="budget">The longest that the page waits.</param>
    /// <param name="cancellation">The page is no longer wanted.</param>
    /// <returns>Null when the server can't be asked now.</returns>
    public Task<ActiveScript?> ReadAsync(Username username, TimeSpan budget, CancellationToken cancellation) =>
        Budget.WithinAsync<ActiveScript>(budget, token => _scripts.ReadActiveAsync(username, token), cancellation);
}

/// <summary>A reading for a page, which waits so long and no longer.</summary>
internal static class Budget
{
    /// <returns>Null when the mail server refused, is away, or took too long.</returns>
    public static async Task<T?> WithinAsync<T>(TimeSpan budget, Func<CancellationToken, Task<T>> read, CancellationToken cancellation) where T : class
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
