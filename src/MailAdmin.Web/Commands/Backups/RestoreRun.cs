using System.Globalization;
using MailAdmin.Core.Audit;
using MailAdmin.Core.Backups;
using MailAdmin.Core.Data;
using MailAdmin.Core.Secrets;
using MailAdmin.Provisioning.Backups;
using MailAdmin.Provisioning.Logins;
using MailAdmin.Provisioning.Servers;

namespace MailAdmin.Web.Commands.Backups;

/// <summary>
/// One restore. Everything is prepared in a folder beside the database; only when nothing can fail any more, the files change places.
/// </summary>
internal sealed class RestoreRun(
    BackupArchive archive, BackupManifest manifest, RestoreTarget target, CommandOutput output, bool isDryRun) : IDisposable
{
    private readonly DatabaseOptions _options = target.Panel.ToDatabaseOptions();
    private readonly RestoreFindings _findings = new();
    private readonly string _folder = FolderOf(target, isDryRun);
    private bool _isDone;

    private IEnumerable<string> Names => manifest.Entries.Select(e => e.Name)
        .Where(name => target.TakesSettings || name is BackupManifest.Database or BackupManifest.Key);

    /// <param name="audit">A copy of the audit, or null.</param>
    /// <param name="withoutCyrus">Does not ask Cyrus.</param>
    /// <param name="cancellationToken">Stops; everything is as it was.</param>
    public async Task<ExitCode> RunAsync(string? audit, bool withoutCyrus, CancellationToken cancellationToken)
    {
        var provider = DatabaseProviders.Of(_options);
        PrivateFiles.EnsureFolder(_folder);
        using var alone = isDryRun ? null
            : provider.TryUseAlone() ?? throw new BackupException(BackupProblems.DatabaseInUse(_options.File));
        using var commands = isDryRun ? null
            : provider.TryKeepCommandsAway() ?? throw new BackupException(BackupProblems.CommandUsesDatabase(_options.File));
        await archive.ExtractAsync(Names.ToDictionary(name => name, Staged, StringComparer.Ordinal), cancellationToken);
        var server = await AskAsync(withoutCyrus, cancellationToken);
        await PrepareAsync(server, audit, cancellationToken);
        if (!isDryRun) Replace(provider);
        var report = new RestoreReport(manifest, target, _findings, server is not null, audit is not null);
        string[] lines = [.. report.Lines(), isDryRun ? BackupTexts.NothingChanged : BackupTexts.FormatRestored(_folder), .. Next()];
        if (!isDryRun) await File.WriteAllLinesAsync(Path.Combine(_folder, "report.txt"), lines, CancellationToken.None);
        output.Report(report.Document(isDryRun, _isDone ? _folder : null), () =>
        {
            foreach (var line in lines) output.Line(line);
        });
        return ExitCode.Fine;
    }

    public void Dispose()
    {
        if (!_isDone && Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }

    private static string FolderOf(RestoreTarget target, bool isDryRun)
    {
        // A dry run leaves the database's folder alone, which another user may own. Nobody else may enter this one, or foresee its name.
        if (isDryRun) return Directory.CreateTempSubdirectory("mailadmin-restore-").FullName;
        var name = string.Create(CultureInfo.InvariantCulture, $"restore-{TimeProvider.System.GetUtcNow():yyyyMMdd'T'HHmmss'Z'}");
        return Path.Combine(Path.GetDirectoryName(Path.GetFullPath(target.Panel.Database))!, name);
    }

    private string Staged(string name) => Path.Combine(_folder, name);

    private IEnumerable<string> Next() => isDryRun ? [] : [BackupTexts.Next];

    private async Task<ServerMailboxes?> AskAsync(bool withoutCyrus, CancellationToken cancellationToken)
    {
        if (withoutCyrus || target.Panel.Cyrus is not { } cyrus) return null;
        // The password's own place is still empty on a new host.
        if (target.TakesSettings && File.Exists(Staged(BackupManifest.CyrusSecret)))
            cyrus.AdminPasswordFile = Staged(BackupManifest.CyrusSecret);
        // Cyrus asks at the login socket for its administrator too, and nobody answers there now.
        await using var logins = await AdministratorLogins.TryStartAsync(target.Panel.Logins, cyrus, cancellationToken);
        try
        {
            return await new MailboxInventory(cyrus, TimeProvider.System).ReadAsync(cancellationToken);
        }
        catch (ServerUnavailableException)
        {
            output.Error(BackupTexts.CyrusNeeded);
            throw;
        }
    }

    private async Task PrepareAsync(ServerMailboxes? server, string? audit, CancellationToken cancellationToken)
    {
        var key = Names.Contains(BackupManifest.Key, StringComparer.Ordinal) ? Staged(BackupManifest.Key) : _options.SecretKeyFile;
        await using var copy = new DatabaseCopy(_options, Staged(BackupManifest.Database), key);
        var (applied, known) = await copy.SchemaAsync(cancellationToken);
        if (applied is not null && !known.Contains(applied, StringComparer.Ordinal))
            throw new BackupException(BackupProblems.Newer(manifest.Version));
        await copy.Get<DatabasePreparation>().RunAsync(cancellationToken);
        var head = AuditHead.TryParse(manifest.AuditHead, out var end) ? end : new AuditHead(0, "");
        var later = audit is null ? null : await LaterAudit.ReadAsync(audit, head, cancellationToken);
        var actor = CommandRun.CommandLineActor();
        await copy.Get<RestoredDatabase>().PrepareAsync(manifest, _findings, actor);
        await copy.Get<MailboxReconciliation>().RunAsync(server, later, _findings, actor);
    }

    private void Replace(IDatabaseProvider provider)
    {
        var before = Path.Combine(_folder, "before");
        PrivateFiles.EnsureFolder(before);
        // From here on the folder has what was in the places, whatever happens.
        _isDone = true;
        provider.Replace(Staged(BackupManifest.Database), before);
        foreach (var (name, place) in Places())
        {
            if (File.Exists(Staged(name))) Put(Staged(name), place, before);
        }
    }

    private IEnumerable<(string Name, string Place)> Places()
    {
        yield return (BackupManifest.Key, _options.SecretKeyFile);
        if (!target.TakesSettings) yield break;
        yield return (BackupManifest.Settings, target.SettingsFile);
        var secret = manifest.Entries.FirstOrDefault(e => e.Name == BackupManifest.CyrusSecret);
        if (secret is not null) yield return (BackupManifest.CyrusSecret, secret.Path);
    }

    // An existing file keeps its owner, group and mode.
    private static void Put(string staged, string place, string before)
    {
        PrivateFiles.EnsureFolder(Path.GetDirectoryName(place)!);
        if (!File.Exists(place))
        {
            File.Move(staged, place);
            return;
        }
        File.Copy(place, Path.Combine(before, Path.GetFileName(place)));
        File.WriteAllBytes(place, File.ReadAllBytes(staged));
        File.Delete(staged);
    }
}
