using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Data.Sqlite;

/// <summary>SQLite's own integrity checks: https://sqlite.org/pragma.html</summary>
internal static class SqliteChecks
{
    /// <inheritdoc cref="IDatabaseProvider.FaultsAsync"/>
    public static async Task<IReadOnlyList<string>> FaultsAsync(MailContext context, int most)
    {
        var connection = context.Database.GetDbConnection();
        await connection.OpenAsync();
        var faults = new List<string>();
        foreach (var question in (string[])[$"PRAGMA quick_check({most})", "PRAGMA foreign_key_check"])
        {
            await using var command = connection.CreateCommand();
            command.CommandText = question;
            await using var reader = await command.ExecuteReaderAsync();
            while (faults.Count < most && await reader.ReadAsync())
                faults.Add(
                    string.Join(
                        ' ', Enumerable.Range(0, reader.FieldCount)
                            .Select(i => Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture))));
            faults.Remove("ok");
        }
        return faults;
    }
}
