using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace MailAdmin.Core.Data;

/// <summary>
/// For the few statements that every write runs and that cannot be compiled as LINQ; EF Core takes ten times as long for them as the
/// database.
/// </summary>
internal static class Statements
{
    /// <summary>Runs a statement in the context's transaction; interpolated values become parameters.</summary>
    /// <param name="sql">SQL that every supported database understands.</param>
    /// <param name="read">Creates a value from the first row of the result.</param>
    /// <returns>Null if there is no row.</returns>
    public static async Task<T?> RowAsync<T>(
        this MailContext context, FormattableString sql, Func<DbDataReader, T> read,
        CancellationToken cancellationToken = default) where T : class
    {
        await using var command = Command(context, sql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? read(reader) : null;
    }

    /// <summary>Runs a statement that returns nothing.</summary>
    /// <returns>The number of changed rows.</returns>
    public static async Task<int> RunAsync(this MailContext context, FormattableString sql, CancellationToken cancellationToken = default)
    {
        await using var command = Command(context, sql);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static DbCommand Command(MailContext context, FormattableString sql)
    {
        var command = context.Database.GetDbConnection().CreateCommand();
        command.Transaction = context.Database.CurrentTransaction!.GetDbTransaction();
        var names = Enumerable.Range(0, sql.ArgumentCount).Select(n => (object)string.Create(CultureInfo.InvariantCulture, $"@p{n}"))
            .ToArray();
        command.CommandText = string.Format(CultureInfo.InvariantCulture, sql.Format, names);
        for (var n = 0; n < names.Length; n++)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ((string)names[n], sql.GetArgument(n) ?? DBNull.Value);
            command.Parameters.Add(parameter);
        }
        return command;
    }
}
