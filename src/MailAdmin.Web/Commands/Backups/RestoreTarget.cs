using MailAdmin.Core.Backups;
using MailAdmin.Web.Hosting;

namespace MailAdmin.Web.Commands.Backups;

/// <summary>Where a backup is put back.</summary>
/// <param name="Panel">The settings that apply: this host's, or those of the backup.</param>
/// <param name="SettingsFile">The settings file.</param>
/// <param name="TakesSettings">The settings of the backup are put back too.</param>
internal sealed record RestoreTarget(PanelSettings Panel, string SettingsFile, bool TakesSettings)
{
    /// <param name="named">The settings file that the command line names, or null.</param>
    /// <param name="replaces">Use the backup's settings although this host has some.</param>
    /// <exception cref="SettingsException">The settings that apply are wrong.</exception>
    public static async Task<RestoreTarget> FindAsync(
        BackupArchive archive, BackupManifest manifest, string? named, bool replaces, CancellationToken cancellationToken)
    {
        var own = CommandServices.FileOf(named);
        if (!replaces && own is not null && File.Exists(own)) return new(SettingsReader.ReadFile(own), own, TakesSettings: false);
        var saved = manifest.Entries.FirstOrDefault(e => e.Name == BackupManifest.Settings)
            ?? throw new BackupException(BackupProblems.SettingsMissing);
        var folder = Directory.CreateTempSubdirectory("mailadmin-restore-");
        try
        {
            var copy = Path.Combine(folder.FullName, BackupManifest.Settings);
            var places = new Dictionary<string, string>(StringComparer.Ordinal) { [BackupManifest.Settings] = copy };
            await archive.ExtractAsync(places, cancellationToken);
            return new(SettingsReader.ReadFile(copy), own ?? saved.Path, TakesSettings: true);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
