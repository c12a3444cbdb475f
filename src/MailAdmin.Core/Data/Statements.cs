using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace MailAdmin.Core.Data;

/// <summary>
/// For the few statements that are part of every write and can't be compiled as LINQ, where EF Core takes ten times as long as the
/// database.
/// </summary>
internal static class Statements
{
    /// <summary>Runs a statement in the context's transaction; what is filled in becomes parameters.</summary>
    /// <param name="sql">Understood by each database.</param>
    /// <param name="read">Makes a value of the first row that it returns.</param>
    /// <returns>Null when there is no row.</returns>
    public static async Task<T?> RowAsync<T>(
        this MailContext context, FormattableString sql, Func<DbDataReader, T> read, CancellationToken token = default) where T : class
    {
        await using var command = Command(context, sql);
        await using var reader = await command.ExecuteReaderAsync(token);
        return await reader.ReadAsync(token) ? read(reader) : null;
    }

    /// <summary>Runs a statement that returns nothing.</summary>
    /// <returns>The number of rows that it changed.</returns>
    public static async Task<int> RunAsync(this MailContext context, FormattableString sql, CancellationToken token = default)
    {
        await using var command = Command(context, sql);
        return await command.ExecuteNonQueryAsync(token);
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
