using System.Data.Common;
using System.Globalization;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Audit;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Routing;
using MailAdmin.Core.Secrets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MailAdmin.Core.Data;

/// <summary>Upgrades the database to what this version expects, once at start.</summary>
public sealed class DatabasePreparation(MailDatabase database, DatabaseOptions options)
{
    // SQLite creates its other files with the mode of the database file. An older version may have left files that others can read.
    private static readonly string[] FileSuffixes = ["", "-wal", "-shm", "-journal", ".migrating"];

    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        PrivateFiles.EnsureFolder(Path.GetDirectoryName(Path.GetFullPath(options.File))!);
        foreach (var suffix in FileSuffixes) PrivateFiles.Tighten(options.File + suffix);
        if (await IsPreparedAsync(cancellationToken)) return;
        await MigrateAsync(cancellationToken);
        await database.ExecuteWithoutAuditAsync(async context =>
        {
            if (!await context.ChangeCounters.AnyAsync(cancellationToken))
                context.ChangeCounters.Add(
                    new ChangeCounter { Id = 1, DatabaseId = Guid.NewGuid().ToString("N")[..12], RowRules = MapProjection.Rules });
            return true;
        }, cancellationToken);
        await PrepareSearchAsync(cancellationToken);
        await EnsureStoreAsync(cancellationToken);
        await RenewRowsAsync(cancellationToken);
    }

    /// <summary>Names of the migrations that the database does not have yet, oldest first. Changes nothing.</summary>
    public async Task<IReadOnlyList<string>> PendingAsync(CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        return [.. await context.Database.GetPendingMigrationsAsync(cancellationToken)];
    }

    // Usually the database is up to date at a start. The check is plain SQL: the first EF Core query of a process takes tens of
    // milliseconds.
    private async Task<bool> IsPreparedAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(options.File)) return false;
        await using var context = database.Open();
        await context.Database.OpenConnectionAsync(cancellationToken);
        await using var command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = """
            SELECT (SELECT max("MigrationId") || count(*) FROM "__EFMigrationsHistory") = @migrations
                AND EXISTS (SELECT 1 FROM "ChangeCounters" WHERE "RowRules" >= @rules) AND EXISTS (SELECT 1 FROM "Stores" WHERE "Name" = @store AND "NextHop" = @hop)
            """;
        var migrations = context.Database.GetMigrations().ToList();
        // The number is compared as well: a migration from a branch may have an earlier name and still be added later.
        Add("@migrations", string.Create(CultureInfo.InvariantCulture, $"{migrations[^1]}{migrations.Count}"));
        Add("@rules", MapProjection.Rules);
        Add("@store", options.StoreName.Value);
        Add("@hop", options.StoreNextHop);
        try
        {
            return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture) == 1
                && await context.HasSearchSchemaAsync(cancellationToken);
        }
        catch (DbException)
        {
            // Tables or columns are missing: the database is older, or new.
            return false;
        }

        void Add(string name, object value)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }
    }

    private async Task PrepareSearchAsync(CancellationToken cancellationToken)
    {
        await using var file = await LockAsync(options.File + ".migrating", cancellationToken);
        await using var context = database.Open();
        if (!await context.HasSearchSchemaAsync(cancellationToken)) await context.CreateSearchSchemaAsync(cancellationToken);
    }

    // An older version published rows by older rules: the domains' own rows, and those of accounts that may not send.
    private async Task RenewRowsAsync(CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        if (!await context.ChangeCounters.AnyAsync(c => c.RowRules < MapProjection.Rules, cancellationToken)) return;
        await database.WriteAsync(Actor.Panel, async write =>
        {
            write.Changes.Add(new AllDomainsAffected());
            write.Changes.Add(new AccountsAffected(await write.Context.Accounts
                .Where(a =>
                    a.State != AccountState.Active || a.Domain!.State != DomainState.Active || !a.Services.HasFlag(MailProtocols.Smtp))
                .Select(a => a.Id).ToListAsync(cancellationToken)));
            await write.Context.ChangeCounters.ExecuteUpdateAsync(
                set => set.SetProperty(c => c.RowRules, MapProjection.Rules), cancellationToken);
        }, cancellationToken);
    }

    // EF Core's own lock row survives a kill -9 and then blocks every later start forever; the operating system releases the file lock.
    private async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var file = await LockAsync(options.File + ".migrating", cancellationToken);
        await using var context = database.Open();
        if (!File.Exists(options.File)) await CreateAsync(context, cancellationToken);
        await RefuseOthersAsync(context, cancellationToken);
        if (!(await context.Database.GetPendingMigrationsAsync(cancellationToken)).Any()) return;
        await DropStaleLockAsync(context, cancellationToken);
        await context.Database.MigrateAsync(cancellationToken);
    }

    // Refuses a database that has migrations of another version, since this version cannot know what its tables look like.
    private async Task RefuseOthersAsync(MailContext context, CancellationToken cancellationToken)
    {
        var own = context.Database.GetMigrations().ToList();
        var other = (await context.Database.GetAppliedMigrationsAsync(cancellationToken)).Except(own, StringComparer.Ordinal)
            .Max(StringComparer.Ordinal);
        if (other is null) return;
        throw new DatabaseVersionException(string.CompareOrdinal(other, own[0]) < 0
            ? $"{options.File} was made before the first release, and this version does not upgrade it. Move the file away and start again: the panel makes a new one."
            : $"{options.File} was made by a newer version of the panel (its migration {other}). Start that version, or put back the copy that was made before the upgrade.");
    }

    // SQLite would create the file readable for others, so it is created here. EF Core enables the write-ahead log only for files that it
    // creates itself, so that is done here too.
    private async Task CreateAsync(MailContext context, CancellationToken cancellationToken)
    {
        await PrivateFiles.OpenAlone(options.File).DisposeAsync();
        await context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", cancellationToken);
    }

    private static async Task DropStaleLockAsync(MailContext context, CancellationToken cancellationToken)
    {
        var history = (IHistoryRepository?)(
            (IServiceProvider)((Microsoft.EntityFrameworkCore.Infrastructure.IInfrastructure<IServiceProvider>)context).Instance)
            .GetService(typeof(IHistoryRepository));
        if (history is null || !await history.ExistsAsync(cancellationToken)) return;
        await context.Database.ExecuteSqlRawAsync("""DROP TABLE IF EXISTS "__EFMigrationsLock" """, cancellationToken);
    }

    private static async Task<FileStream> LockAsync(string path, CancellationToken cancellationToken)
    {
        for (; ; )
        {
            try
            {
                // The lock file is kept: if it were deleted, one process could hold the old file while another locks a new one.
                return PrivateFiles.OpenAlone(path);
            }
            catch (IOException) when (File.Exists(path))
            {
                // Another process is migrating; that takes moments.
                await Task.Delay(50, cancellationToken);
            }
        }
    }

    private async Task EnsureStoreAsync(CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        var present = await context.Stores.SingleOrDefaultAsync(s => s.Name == options.StoreName, cancellationToken);
        if (present?.NextHop == options.StoreNextHop) return;
        await database.WriteAsync(Actor.Panel, async write =>
        {
            var store = await write.Context.Stores.SingleOrDefaultAsync(s => s.Name == options.StoreName, cancellationToken);
            if (store is null) write.Context.Stores.Add(store = new MailStore { Name = options.StoreName, NextHop = options.StoreNextHop });
            store.NextHop = options.StoreNextHop;
            write.Record("store.set", null, store.Name.Value, after: new { store.NextHop });
        }, cancellationToken);
    }
}
