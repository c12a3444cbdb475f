using System.Data.Common;
using System.Globalization;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Audit;
using MailAdmin.Core.Backups;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Routing;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Data;

/// <summary>Upgrades the database to what this version expects, once at start.</summary>
public sealed class DatabasePreparation(
    MailDatabase database, IDatabaseProvider provider, DatabaseOptions options, UpgradeCopies copies)
{
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        provider.ProtectFiles();
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

    /// <summary>Does nothing if this version can use or upgrade the database.</summary>
    /// <exception cref="DatabaseVersionException">It can't; the message says why and what to do.</exception>
    public async Task RefuseOtherVersionsAsync(CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        await RefuseOthersAsync(context, cancellationToken);
    }

    // Usually the database is up to date at a start. The check is plain SQL: the first EF Core query of a process takes tens of
    // milliseconds.
    private async Task<bool> IsPreparedAsync(CancellationToken cancellationToken)
    {
        if (!provider.Exists) return false;
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
                && await provider.HasSearchSchemaAsync(context, cancellationToken);
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
        await using var turn = await provider.LockForPreparationAsync(cancellationToken);
        await using var context = database.Open();
        if (!await provider.HasSearchSchemaAsync(context, cancellationToken))
            await provider.CreateSearchSchemaAsync(context, cancellationToken);
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

    private async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var turn = await provider.LockForPreparationAsync(cancellationToken);
        await using var context = database.Open();
        if (provider.Exists)
        {
            await RefuseOthersAsync(context, cancellationToken);
            await KeepCopyAsync(context, cancellationToken);
        }
        await provider.MigrateAsync(context, cancellationToken);
    }

    // A database without any migration has nothing to lose.
    private async Task KeepCopyAsync(MailContext context, CancellationToken cancellationToken)
    {
        if (!(await context.Database.GetAppliedMigrationsAsync(cancellationToken)).Any()) return;
        if ((await context.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
            await copies.SaveAsync(context, cancellationToken);
    }

    // Refuses a database that has migrations of another version, since this version cannot know what its tables look like.
    private async Task RefuseOthersAsync(MailContext context, CancellationToken cancellationToken)
    {
        var own = context.Database.GetMigrations().ToList();
        var other = (await context.Database.GetAppliedMigrationsAsync(cancellationToken)).Except(own, StringComparer.Ordinal)
            .Max(StringComparer.Ordinal);
        if (other is null) return;
        throw new DatabaseVersionException(string.CompareOrdinal(other, own[0]) < 0
            ? $"{provider.Location} was made before the first release, and this version does not upgrade it. Move the file away and start again: the panel makes a new one."
            : $"{provider.Location} was made by a newer version of the panel (its migration {other}). Start that version, or put back the copy that was made before the upgrade: mailadmin upgrade --undo.");
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
