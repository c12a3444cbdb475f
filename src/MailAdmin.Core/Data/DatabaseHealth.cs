using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Data;

/// <summary>The database's own integrity checks, and its latest change.</summary>
public sealed class DatabaseHealth(MailDatabase database, IDatabaseProvider provider)
{
    // More faults than this tell the admin nothing new.
    private const int MostFaults = 10;

    private Task<IReadOnlyList<string>>? _running;

    /// <summary>The panel's clock.</summary>
    public DateTimeOffset Now => database.Now;

    /// <summary>
    /// The database's own messages about damage and dangling foreign keys; empty if it is intact. The check may read the whole database and
    /// cannot be cancelled, so callers that ask while it runs share its answer.
    /// </summary>
    public async Task<IReadOnlyList<string>> FaultsAsync(CancellationToken cancellationToken)
    {
        var running = _running;
        if (running is null or { IsCompleted: true }) _running = running = Task.Run(ReadFaultsAsync, CancellationToken.None);
        return await running.WaitAsync(cancellationToken);
    }

    /// <summary>When the latest change was made; null if there is none.</summary>
    public async Task<DateTimeOffset?> LatestChangeAsync(CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        return await context.Changes.OrderByDescending(c => c.Id).Select(c => (DateTimeOffset?)c.At).FirstOrDefaultAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<string>> ReadFaultsAsync()
    {
        await using var context = database.Open();
        return await provider.FaultsAsync(context, MostFaults);
    }
}
