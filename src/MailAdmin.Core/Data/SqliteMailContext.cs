using System.Data.Common;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace MailAdmin.Core.Data;

/// <summary>The embedded database. PostgreSQL gets a sealed context of its own beside this one, with its own migrations.</summary>
public sealed class SqliteMailContext(DbContextOptions<SqliteMailContext> options) : MailContext(options)
{
    internal static void Configure(DbContextOptionsBuilder options, string file) =>
        options.UseSqlite($"Data Source={file};Foreign Keys=True").AddInterceptors(BusyTimeout.Instance);

    /// <summary>
    /// Without it a writer of another process makes ours sleep 150 ms at a time on its own thread; with it SQLite waits as short as it can.
    /// </summary>
    private sealed class BusyTimeout : DbConnectionInterceptor
    {
        public static readonly BusyTimeout Instance = new();

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Set(connection);

        public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
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

    /// <summary>For <c>dotnet ef migrations add</c>. Identity's version is part of the model, so it has to be said here too.</summary>
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
