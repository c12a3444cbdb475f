using System.Data.Common;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Routing;
using MailAdmin.Core.Search;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using SQLitePCL;

namespace MailAdmin.Core.Data;

/// <summary>
/// The embedded database. A PostgreSQL version would get its own sealed context beside this one, with its own migrations.
/// </summary>
public sealed class SqliteMailContext(DbContextOptions<SqliteMailContext> options) : MailContext(options)
{
    // CROSS JOIN makes SQLite read the index first; it answers in the order of rowid. Terms are quoted, so that FTS5 interprets nothing in
    // them.
    internal override IQueryable<SearchEntry> Containing(SearchKind kind, IEnumerable<string> texts)
    {
        var terms = string.Join(" OR ", texts.Select(t => $"\"{t.Replace("\"", "\"\"", StringComparison.Ordinal)}\""));
        var (first, last) = SearchEntry.IdsOf(kind);
        return SearchEntries.FromSql($"""
            SELECT i.rowid AS "Id", e."Kind", e."DomainId", e."SubjectId", e."Text" FROM "SearchIndex" AS i CROSS JOIN "SearchEntries" AS e ON e."Id" = i.rowid
            WHERE i."SearchIndex" MATCH {terms} AND i.rowid BETWEEN {first} AND {last}
            """);
    }

    // Runs at each start. It is plain SQL because the first EF Core query of a process takes tens of milliseconds.
    internal override async Task<bool> HasSearchSchemaAsync(CancellationToken cancellationToken)
    {
        await Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var command = Database.GetDbConnection().CreateCommand();
            command.CommandText = """
                SELECT (SELECT max("SearchSchema") FROM "ChangeCounters") || ' '
                    || (SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'Search\_%' ESCAPE '\')
                """;
            return await command.ExecuteScalarAsync(
                cancellationToken) as string == $"{SqliteSearchSchema.Version} {SqliteSearchSchema.TriggerCount}";
        }
        finally
        {
            await Database.CloseConnectionAsync();
        }
    }

    internal override async Task CreateSearchSchemaAsync(CancellationToken cancellationToken)
    {
        await using var transaction = await Database.BeginTransactionAsync(cancellationToken);
        foreach (var statement in SqliteSearchSchema.Statements()) await Database.ExecuteSqlRawAsync(statement, cancellationToken);
        await ChangeCounters.ExecuteUpdateAsync(set => set.SetProperty(c => c.SearchSchema, SqliteSearchSchema.Version), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    // Reads SQLite's own octets, without a reader, an entity or a string in between: EF Core takes four times as long.
    internal override void ReadMap(PostfixMap map, MapRowHandler take, CancellationToken cancellationToken)
    {
        Database.OpenConnection();
        try
        {
            var connection = (SqliteConnection)Database.GetDbConnection();
            Check(raw.sqlite3_prepare_v2(
                connection.Handle, """SELECT "Key", "Value" FROM "MapEntries" WHERE "Map" = ? AND "Value" IS NOT NULL ORDER BY "Key" """,
                out var rows), raw.SQLITE_OK);
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
            Database.CloseConnection();
        }
    }

    internal static void Configure(DbContextOptionsBuilder options, string file) =>
        options.UseSqlite($"Data Source={file};Foreign Keys=True").AddInterceptors(BusyTimeout.Instance, ChangeObserver.Instance);

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<Destination>().Property(d => d.ExternalDomain)
            .HasComputedColumnSql("""substr("External", instr("External", '@') + 1)""");
    }

    /// <summary>
    /// Sets SQLite's busy timeout. Without it, a writer of another process makes this one sleep in its own thread for 150 ms at a time;
    /// with it, SQLite waits as briefly as it can.
    /// </summary>
    private sealed class BusyTimeout : DbConnectionInterceptor
    {
        public static readonly BusyTimeout Instance = new();

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Set(connection);

        public override Task ConnectionOpenedAsync(
            DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            Set(connection);
            return Task.CompletedTask;
        }

        private static void Set(DbConnection connection)
        {
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA busy_timeout=30000";
            command.ExecuteNonQuery();
        }
    }

    /// <summary>
    /// For <c>dotnet ef migrations add</c>. Identity's schema version is part of the model, so it is configured here too.
    /// </summary>
    internal sealed class DesignTimeFactory : IDesignTimeDbContextFactory<SqliteMailContext>
    {
        public SqliteMailContext CreateDbContext(string[] args)
        {
            var services = new ServiceCollection();
            services.Configure<IdentityOptions>(o => o.Stores.SchemaVersion = IdentitySchemaVersions.Version3);
            var options = new DbContextOptionsBuilder<SqliteMailContext>().UseApplicationServiceProvider(services.BuildServiceProvider());
            Configure(options, "design-time.db");
            return new SqliteMailContext((DbContextOptions<SqliteMailContext>)options.Options);
        }
    }
}
