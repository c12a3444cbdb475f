using MailAdmin.Core.Routing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SQLitePCL;

namespace MailAdmin.Core.Data.Sqlite;

/// <summary>
/// Reads SQLite's own octets, without a reader, an entity or a string in between: EF Core takes four times as long.
/// </summary>
internal static class SqliteMapReader
{
    private const string Rows = """SELECT "Key", "Value" FROM "MapEntries" WHERE "Map" = ? AND "Value" IS NOT NULL ORDER BY "Key" """;

    /// <inheritdoc cref="IDatabaseProvider.ReadMap"/>
    public static void Read(MailContext context, PostfixMap map, MapRowHandler take, CancellationToken cancellationToken)
    {
        context.Database.OpenConnection();
        try
        {
            var connection = (SqliteConnection)context.Database.GetDbConnection();
            Check(raw.sqlite3_prepare_v2(connection.Handle, Rows, out var rows), raw.SQLITE_OK);
            using (rows)
            {
                Check(raw.sqlite3_bind_int(rows, 1, (int)map), raw.SQLITE_OK);
                int step;
                while ((step = raw.sqlite3_step(rows)) == raw.SQLITE_ROW)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    take(raw.sqlite3_column_blob(rows, 0), raw.sqlite3_column_blob(rows, 1));
                }
                Check(step, raw.SQLITE_DONE);
            }

            void Check(int code, int wanted)
            {
                if (code != wanted) SqliteException.ThrowExceptionForRC(code, connection.Handle);
            }
        }
        finally
        {
            context.Database.CloseConnection();
        }
    }
}
