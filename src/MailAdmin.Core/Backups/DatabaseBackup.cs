using System.Security.Cryptography;
using MailAdmin.Core.Audit;
using MailAdmin.Core.Data;

namespace MailAdmin.Core.Backups;

/// <summary>Backs up the database while the panel runs, with the files that it is of no use without.</summary>
public sealed class DatabaseBackup(DatabaseOptions options, IDatabaseProvider provider, TimeProvider clock)
{
    private const int MostFaults = 10;

    /// <summary>Copies the database, checks the copy, and writes the archive.</summary>
    /// <param name="file">The archive, which does not exist yet. Beside it there has to be room for a copy of the database too.</param>
    /// <param name="others">Further files; those that do not exist are left out.</param>
    /// <param name="passphrase">Encrypts the archive; null leaves it readable.</param>
    /// <param name="version">The panel's version.</param>
    /// <param name="cancellationToken">Stops; nothing is left.</param>
    /// <exception cref="BackupException">The database is damaged.</exception>
    /// <exception cref="IOException">The archive exists already or can't be written; nothing is left.</exception>
    public async Task<BackupManifest> SaveAsync(
        string file, IReadOnlyList<BackupFile> others, string? passphrase, string version, CancellationToken cancellationToken)
    {
        if (File.Exists(file)) throw new IOException($"{file} exists already.");
        var copy = file + ".database";
        File.Delete(copy);
        try
        {
            await provider.CopyToAsync(copy, cancellationToken);
            List<(BackupFile File, string Place)> found = [(new(BackupManifest.Database, Path.GetFullPath(options.File)), copy)];
            found.AddRange(others.Where(o => File.Exists(o.Path)).Select(o => (o, o.Path)));
            var manifest = await DescribeAsync(copy, version, cancellationToken);
            manifest = manifest with { Entries = [.. found.Select(f => EntryOf(f.File, f.Place))] };
            await new BackupArchive(file, passphrase).WriteAsync(
                manifest, found.ToDictionary(f => f.File.Name, f => f.Place, StringComparer.Ordinal), cancellationToken);
            return manifest;
        }
        finally
        {
            File.Delete(copy);
        }
    }

    private async Task<BackupManifest> DescribeAsync(string copy, string version, CancellationToken cancellationToken)
    {
        await using var database = new DatabaseCopy(options, copy, options.SecretKeyFile);
        await using (var context = database.Get<MailDatabase>().Open())
        {
            var faults = await database.Get<IDatabaseProvider>().FaultsAsync(context, MostFaults);
            if (faults.Count > 0)
                throw new BackupException(BackupProblems.DatabaseDamaged(options.File, string.Join("; ", faults)));
        }
        var audit = await database.Get<AuditVerifier>().VerifyAsync([], null, cancellationToken);
        var (schema, _) = await database.SchemaAsync(cancellationToken);
        return new(
            BackupManifest.CurrentFormat, version, clock.GetUtcNow(), Environment.MachineName, schema ?? "",
            audit.Head.Id > 0 ? audit.Head.ToString() : null, audit.IsWhole, await database.CountAsync(cancellationToken), []);
    }

    private static BackupEntry EntryOf(BackupFile file, string place)
    {
        using var content = File.OpenRead(place);
        return new(file.Name, Path.GetFullPath(file.Path), content.Length, Convert.ToHexStringLower(SHA256.HashData(content)));
    }
}
