using System.Data.Common;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Search;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace MailAdmin.Core.Data.Sqlite;

/// <summary>The model of the embedded database, to which its migrations belong.</summary>
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

    // SQLite's default, and the order of StringComparer.Ordinal for everything outside the surrogates.
    protected override string OctetCollation => "BINARY";

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
