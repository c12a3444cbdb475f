using System.Data.Common;
using System.Globalization;

namespace MailAdmin.Core.Takeovers;

/// <summary>Reads whole tables of another program. Columns that its version lacks read as empty.</summary>
/// <param name="connection">An open connection that only reads.</param>
/// <param name="quote">What encloses a table's name: <c>`</c> for MySQL, <c>"</c> for PostgreSQL.</param>
public sealed class SourceDatabase(DbConnection connection, char quote)
{
    /// <param name="table">The table's name.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="DbException">The table is missing, or the server ended the connection.</exception>
    public async Task<IReadOnlyList<SourceRow>> ReadAsync(string table, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT * FROM {quote}{table}{quote}";
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<SourceRow>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var cells = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            for (var n = 0; n < reader.FieldCount; n++)
                if (Convert.ToString(reader.GetValue(n), CultureInfo.InvariantCulture) is { Length: > 0 } text)
                    cells[reader.GetName(n)] = text;
            rows.Add(new(cells));
        }
        return rows;
    }
}

/// <summary>A row of another program's table.</summary>
public sealed class SourceRow(IReadOnlyDictionary<string, string> cells)
{
    /// <summary>The trimmed text; empty if it is NULL or there is no such column.</summary>
    public string this[string column] => cells.GetValueOrDefault(column, "").Trim();

    /// <summary>Null if it is not a number.</summary>
    public long? Number(string column) =>
        long.TryParse(this[column], NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;

    public IEnumerable<string> List(string column) =>
        this[column].Split([',', '\n', '\r', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
