using System.Reflection;
using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Backups;

/// <summary>
/// The copies of the database that are made before a migration, each named by the version that migrated:
/// <c>mailadmin.db.before-1.1.0</c> is the database as 1.1.0 found it.
/// </summary>
public sealed class UpgradeCopies(DatabaseOptions options, IDatabaseProvider provider)
{
    private const string Suffix = ".before-";
    private const string Unfinished = ".new";
    private const int Kept = 2;
    private const int MostFaults = 10;

    private static readonly string[] Beside = [Unfinished, ".partial", "-wal", "-shm", "-journal", ".migrating", ".in-use", ".in-command"];

    private static readonly string Version =
        typeof(UpgradeCopies).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    /// <summary>The copy that this version makes.</summary>
    public string Path => options.File + Suffix + Version;

    /// <summary>All copies, the latest first.</summary>
    public IReadOnlyList<string> All
    {
        get
        {
            var (folder, name) = (System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(options.File))!,
                System.IO.Path.GetFileName(options.File));
            return [.. Directory.EnumerateFiles(folder, $"{name}{Suffix}*").Where(IsCopy).OrderByDescending(File.GetLastWriteTimeUtc)];
        }
    }

    /// <summary>Copies the database and checks the copy. Older copies are removed, but for the latest.</summary>
    /// <param name="context">The database before the migration.</param>
    /// <param name="cancellationToken">Stops; no copy is made.</param>
    /// <exception cref="BackupException">The database is damaged.</exception>
    public async Task SaveAsync(MailContext context, CancellationToken cancellationToken)
    {
        var applied = (await context.Database.GetAppliedMigrationsAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        // This version has failed before, after the first of several migrations: what it found then is what to go back to.
        if (File.Exists(Path) && applied.IsProperSupersetOf(await AppliedAsync(Path, cancellationToken))) return;
        var copy = Path + Unfinished;
        File.Delete(copy);
        try
        {
            await provider.CopyToAsync(copy, cancellationToken);
            await CheckAsync(copy);
            File.Move(copy, Path, overwrite: true);
        }
        finally
        {
            File.Delete(copy);
        }
        // Renaming keeps the time of the copy.
        foreach (var old in All.Where(c => c != Path).Skip(Kept - 1)) File.Delete(old);
    }

    /// <summary>The migrations that a copy has.</summary>
    public async Task<IReadOnlyList<string>> AppliedAsync(string copy, CancellationToken cancellationToken)
    {
        await using var database = new DatabaseCopy(options, copy, options.SecretKeyFile);
        await using var context = database.Get<MailDatabase>().Open();
        return [.. await context.Database.GetAppliedMigrationsAsync(cancellationToken)];
    }

    /// <summary>Checks a copy of the database.</summary>
    /// <exception cref="BackupException">It is damaged, because the database is.</exception>
    public async Task CheckAsync(string copy)
    {
        await using var database = new DatabaseCopy(options, copy, options.SecretKeyFile);
        await using var context = database.Get<MailDatabase>().Open();
        var faults = await database.Get<IDatabaseProvider>().FaultsAsync(context, MostFaults);
        if (faults.Count > 0) throw new BackupException(BackupProblems.DatabaseDamaged(options.File, string.Join("; ", faults)));
    }

    // Files beside a copy that is open, or not finished.
    private static bool IsCopy(string path) =>
        !Beside.Any(suffix => path.EndsWith(suffix, StringComparison.Ordinal));
}
