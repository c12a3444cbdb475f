using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace MailAdmin.Web.Tests.Shared;

/// <summary>Asks SQLite how it would execute a page's statements, and finds those that would scan a whole large table.</summary>
internal sealed partial class QueryPlans(string database)
{
    [GeneratedRegex("@[A-Za-z_0-9]+", RegexOptions.NonBacktracking)]
    private static partial Regex Parameter { get; }

    // Tables with a row for each account, address or destination, or more.
    private static readonly string[] Large =
    [
        "Accounts", "Addresses", "Destinations", "Redirects", "Vacations", "MapEntries", "SearchEntries", "AuditEvents",
        "RetiredUsernames",
    ];

    /// <returns>
    /// The parts of the plans that scan a large table from end to end, each with its statement. A scan along an index counts as well,
    /// unless it stops after a few rows.
    /// </returns>
    public IReadOnlyList<string> Scans(IEnumerable<string> statements)
    {
        using var connection = new SqliteConnection($"Data Source={database};Mode=ReadOnly;Pooling=False");
        connection.Open();
        return [.. statements.Distinct().SelectMany(sql => ScansOf(connection, sql).Select(scan => $"{scan} in {sql}"))];
    }

    private static List<string> ScansOf(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + sql;
        foreach (var name in ParametersOf(sql)) command.Parameters.AddWithValue(name, DBNull.Value);
        var scans = new List<string>();
        using var plan = command.ExecuteReader();
        while (plan.Read())
        {
            var step = plan.GetString(3);
            if (step.StartsWith("SCAN ", StringComparison.Ordinal) && !Stops(step, sql) && IsLarge(step.Split(' ')[1], sql))
                scans.Add(step);
        }
        return scans;
    }

    private static bool Stops(string step, string sql) =>
        step.Contains("INDEX", StringComparison.Ordinal) && sql.TrimEnd().Split('\n')[^1].StartsWith("LIMIT ", StringComparison.Ordinal);

    private static IEnumerable<string> ParametersOf(string sql) =>
        Parameter.Matches(sql).Select(m => m.Value).Distinct();

    // The plan uses the alias that the statement gives to the table.
    private static bool IsLarge(string name, string sql) =>
        Large.Any(t => name == t || sql.Contains($"\"{t}\" AS \"{name}\"", StringComparison.Ordinal));
}
