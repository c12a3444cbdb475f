using System.Globalization;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Secrets;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Backups;

/// <summary>An upgrade of the database while the version before still runs, and the way back to that version.</summary>
public sealed class DatabaseUpgrade(
    DatabaseOptions options, IDatabaseProvider provider, MailDatabase database, DatabasePreparation preparation, UpgradeCopies copies,
    TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private string Folder => Path.GetDirectoryName(Path.GetFullPath(options.File))!;

    /// <summary>Keeps commands away until it is disposed: a long one would keep the panel and the login service waiting.</summary>
    /// <exception cref="BackupException">A command uses the database; nothing has been stopped for it.</exception>
    public IDisposable KeepCommandsAway() =>
        provider.TryKeepCommandsAway() ?? throw new BackupException(BackupProblems.CommandUsesDatabase(options.File));

    /// <summary>
    /// Migrates a copy and deletes it: what would fail fails there, while everything runs. Changes nothing if nothing is to be migrated.
    /// </summary>
    /// <returns>The migrations that the database lacks, oldest first.</returns>
    /// <exception cref="DatabaseVersionException">The database was made by a newer version.</exception>
    /// <exception cref="BackupException">The database is damaged.</exception>
    public async Task<IReadOnlyList<string>> RehearseAsync(CancellationToken cancellationToken)
    {
        if (!provider.Exists) return [];
        await preparation.RefuseOtherVersionsAsync(cancellationToken);
        var pending = await preparation.PendingAsync(cancellationToken);
        if (pending.Count == 0) return pending;
        var folder = Path.Combine(Folder, "upgrade-rehearsal");
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        PrivateFiles.EnsureFolder(folder);
        try
        {
            var file = Path.Combine(folder, Path.GetFileName(options.File));
            await provider.CopyToAsync(file, cancellationToken);
            await using var copy = new DatabaseCopy(options, file, options.SecretKeyFile);
            await copy.Get<DatabasePreparation>().RunAsync(cancellationToken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        return pending;
    }

    /// <summary>Migrates the database, and keeps the copy that is made before (<see cref="UpgradeCopies"/>).</summary>
    /// <param name="wait">How long to wait until the panel and the login service have ended.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <exception cref="BackupException">The database is in use for longer, or damaged; nothing was changed.</exception>
    public async Task MigrateAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        using var alone = await UseAloneAsync(wait, cancellationToken);
        await preparation.RunAsync(CancellationToken.None);
    }

    /// <summary>
    /// Puts the copy back that a newer version made before it migrated the database. What was written since is kept in a folder beside.
    /// </summary>
    /// <param name="wait">As for <see cref="MigrateAsync"/>.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>The copy and the folder with the newer database; null if this version can use the database as it is.</returns>
    /// <exception cref="BackupException">The database is in use, or no copy can be used by this version; nothing was changed.</exception>
    public async Task<(string Copy, string Aside)?> UndoAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        using var alone = await UseAloneAsync(wait, cancellationToken);
        if (!provider.Exists || await IsKnownAsync(await AppliedAsync(cancellationToken))) return null;
        var copy = await FindAsync(cancellationToken) ?? throw new BackupException(BackupProblems.NoCopyToGoBackTo(options.File));
        var aside = Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"undone-{clock.GetUtcNow():yyyyMMdd'T'HHmmss'Z'}"));
        PrivateFiles.EnsureFolder(aside);
        provider.CloseConnections();
        provider.Replace(copy, aside);
        await RenewMapsAsync(Path.GetFileName(copy));
        return (copy, aside);
    }

    private async Task<IDisposable> UseAloneAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        var begin = clock.GetTimestamp();
        for (; ; )
        {
            if (provider.TryUseAlone() is { } alone) return alone;
            if (clock.GetElapsedTime(begin) >= wait) throw new BackupException(BackupProblems.DatabaseInUse(options.File));
            await Task.Delay(Pause, clock, cancellationToken);
        }
    }

    private async Task<string?> FindAsync(CancellationToken cancellationToken)
    {
        foreach (var copy in copies.All)
            if (await IsKnownAsync(await copies.AppliedAsync(copy, cancellationToken))) return copy;
        return null;
    }

    private async Task<IReadOnlyList<string>> AppliedAsync(CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        return [.. await context.Database.GetAppliedMigrationsAsync(cancellationToken)];
    }

    private async Task<bool> IsKnownAsync(IEnumerable<string> migrations)
    {
        await using var context = database.Open();
        return !migrations.Except(context.Database.GetMigrations(), StringComparer.Ordinal).Any();
    }

    // A map of the newer database would seem to be ahead of this one.
    private Task RenewMapsAsync(string copy) => database.WriteAsync(Actor.Panel, async write =>
    {
        await RestoredDatabase.RenewMapsAsync(write.Context);
        write.Record("database.restored", null, copy);
    });
}
