using System.Data.Common;
using MailAdmin.Core.Takeovers;
using MySqlConnector;
using Npgsql;

namespace MailAdmin.Provisioning.Takeovers;

/// <summary>The database server of another program.</summary>
public enum SourceKind
{
    MySql,
    PostgreSql,
}

/// <summary>Opens the database of another program for reading.</summary>
public static class SourceConnections
{
    /// <param name="kind">MySQL stands for MariaDB too.</param>
    /// <param name="connectionString">In the form of MySqlConnector or Npgsql; it has the password, so it is never logged.</param>
    /// <param name="read">Reads from it.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="DbException">The server cannot be reached or refuses the login.</exception>
    /// <exception cref="ArgumentException">The connection string has an unknown word.</exception>
    public static async Task<T> ReadAsync<T>(
        SourceKind kind, string connectionString, Func<SourceDatabase, Task<T>> read, CancellationToken cancellationToken)
    {
        await using DbConnection connection = kind == SourceKind.MySql
            ? new MySqlConnection(connectionString) : new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await using (var command = connection.CreateCommand())
        {
            command.CommandText = kind == SourceKind.MySql
                ? "START TRANSACTION READ ONLY" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        return await read(new(connection, kind == SourceKind.MySql ? '`' : '"'));
    }
}
