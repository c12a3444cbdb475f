using MailAdmin.Core.Secrets;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Data.Sqlite;

/// <summary>The database's file, those that SQLite keeps beside it, and the lock file of a start.</summary>
internal sealed class SqliteFiles(string file)
{
    private const string LockSuffix = ".migrating";

    /// <summary>Of the file that the panel and the login service lock as long as they run.</summary>
    public const string UseSuffix = ".in-use";

    /// <summary>Of the file that commands lock.</summary>
    public const string CommandSuffix = ".in-command";

    // The database itself with what SQLite keeps beside it: none of these is whole without the others.
    private static readonly string[] DatabaseSuffixes = ["", "-wal", "-shm", "-journal"];

    // SQLite creates its other files with the mode of the database file. An older version may have left files that others can read.
    private static readonly string[] Suffixes = [.. DatabaseSuffixes, LockSuffix, UseSuffix, CommandSuffix];

    public void Protect()
    {
        PrivateFiles.EnsureFolder(Path.GetDirectoryName(Path.GetFullPath(file))!);
        foreach (var suffix in Suffixes) PrivateFiles.Tighten(file + suffix);
    }

    // SQLite would create the file readable for others, so it is created here. EF Core enables the write-ahead log only for files that it
    // creates itself, so that is done here too.
    public async Task CreateAsync(MailContext context, CancellationToken cancellationToken)
    {
        await PrivateFiles.OpenAlone(file).DisposeAsync();
        await context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", cancellationToken);
    }

    /// <summary>Locks a file beside the database. The operating system releases the lock when the process ends.</summary>
    public async Task<FileStream> LockAsync(CancellationToken cancellationToken)
    {
        var path = file + LockSuffix;
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

    /// <summary>Locks a file beside the database: together with others, or alone. Null if that is not possible now.</summary>
    public FileStream? TryUse(string suffix, bool alone)
    {
        var path = file + suffix;
        PrivateFiles.EnsureFolder(Path.GetDirectoryName(Path.GetFullPath(file))!);
        try
        {
            // The file is kept, as the lock file of a start is.
            return alone ? PrivateFiles.OpenAlone(path) : PrivateFiles.OpenShared(path);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    /// <inheritdoc cref="IDatabaseProvider.Replace"/>
    public void Replace(string copy, string aside)
    {
        foreach (var path in DatabaseSuffixes.Select(suffix => file + suffix).Where(File.Exists))
            File.Move(path, Path.Combine(aside, Path.GetFileName(path)));
        File.Move(copy, file);
    }

    /// <inheritdoc cref="IDatabaseProvider.CopyToAsync"/>
    public void CopyTo(string path)
    {
        if (File.Exists(path)) throw new IOException($"{path} exists already.");
        var partial = path + ".partial";
        File.Delete(partial);
        PrivateFiles.OpenAlone(partial).Dispose();
        try
        {
            using (var source = new SqliteConnection($"Data Source={file};Mode=ReadWrite;Pooling=False"))
            using (var copy = new SqliteConnection($"Data Source={partial};Pooling=False"))
            {
                source.Open();
                copy.Open();
                // SQLite's backup API reads all pages in one read transaction: https://sqlite.org/backup.html
                source.BackupDatabase(copy);
            }
            File.Move(partial, path);
        }
        finally
        {
            File.Delete(partial);
        }
    }
}
