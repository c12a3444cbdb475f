using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Data;

/// <summary>The database's own integrity checks, and its latest change.</summary>
public sealed class DatabaseHealth(MailDatabase database)
{
    // More faults than this tell the admin nothing new.
    private const int MostFaults = 10;

    private static readonly string[] Questions = [$"PRAGMA quick_check({MostFaults})", "PRAGMA foreign_key_check"];

    private Task<IReadOnlyList<string>>? _running;

    /// <summary>The panel's clock.</summary>
    public DateTimeOffset Now => database.Now;

    /// <summary>
    /// SQLite's own messages about damaged pages and dangling foreign keys; empty if the database is intact. The check reads the whole file
    /// and cannot be cancelled, so callers that ask while it runs share its answer.
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
        var connection = context.Database.GetDbConnection();
        await connection.OpenAsync();
        var faults = new List<string>();
        foreach (var question in Questions)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = question;
            await using var reader = await command.ExecuteReaderAsync();
            while (faults.Count < MostFaults && await reader.ReadAsync())
                faults.Add(
                    string.Join(
                        ' ', Enumerable.Range(0, reader.FieldCount)
                            .Select(i => Convert.ToString(reader.GetValue(i), System.Globalization.CultureInfo.InvariantCulture))));
            faults.Remove("ok");
        }
        return faults;
    }
}
