using MailAdmin.Core.Backups;
using MailAdmin.Core.Data;
using MailAdmin.Web.Commands.Backups;
using MailAdmin.Web.Features.Shared;
using MailAdmin.Web.Tests.Shared;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Web.Tests.Commands;

[Speaks("en")]
public sealed class BackupCommandTests : IDisposable
{
    private const string Newer =
        """INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion") VALUES ('29991231000000_Later', '99')""";

    private readonly PanelApplication _panel = new();
    private readonly TemporaryFolder _folder = new();

    private string Backup => In("panel.backup");

    public void Dispose()
    {
        _panel.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_running_panel_is_backed_up_and_keeps_a_restore_away()
    {
        await _panel.AddDomainAsync();

        var saved = (await _panel.RunAsync("backup", Backup, "--json")).Ends(0).Json;

        Assert.Equal(1, (int)saved["manifest"]!["counts"]!["domains"]!);
        Assert.False((bool)saved["encrypted"]!);
        Said.In(ProblemTexts.BackupDatabaseInUse, (await _panel.RunAsync("restore", Backup)).Ends(1).Error, _panel.Get<DatabaseOptions>().File);
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task A_new_host_gets_settings_database_and_key_from_the_backup()
    {
        var (settings, database) = await LiveElsewhereAsync();
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(database)!, "elsewhere.*")) File.Delete(file);
        File.Delete(settings);

        var report = (await MailAdminCommand.RunAsync("en_GB.UTF-8", "restore", Backup, "--settings", settings)).Ends(0);

        Said.In(BackupTexts.SettingsPutBack, report.Output, settings);
        Said.In(BackupTexts.NotCompared, report.Output);
        Assert.True(File.Exists(Path.ChangeExtension(database, ".key")));
        (await MailAdminCommand.RunAsync("en_GB.UTF-8", "audit", "verify", "--settings", settings)).Ends(0);
    }

    [Fact]
    public async Task A_dry_run_changes_nothing_and_a_restore_keeps_what_was_there()
    {
        var (settings, database) = await LiveElsewhereAsync();
        var before = await File.ReadAllBytesAsync(database);

        var dry = (await MailAdminCommand.RunAsync("en_GB.UTF-8", "restore", Backup, "--dry-run", "--settings", settings)).Ends(0);

        Said.In(BackupTexts.NothingChanged, dry.Output);
        Assert.Equal(before, await File.ReadAllBytesAsync(database));
        var done = (await MailAdminCommand.RunAsync("en_GB.UTF-8", "restore", Backup, "--json", "--settings", settings)).Ends(0).Json;
        var folder = (string)done["folder"]!;
        Assert.Equal(before, await File.ReadAllBytesAsync(Path.Combine(folder, "before", Path.GetFileName(database))));
        Assert.Contains("database.restored", (await MailAdminCommand.RunAsync(
            "en_GB.UTF-8", "audit", "export", "--settings", settings)).Ends(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_of_a_newer_version_is_refused()
    {
        var (settings, database) = await LiveElsewhereAsync(isNewer: true);

        var refusal = (await MailAdminCommand.RunAsync("en_GB.UTF-8", "restore", Backup, "--settings", settings)).Ends(1);

        Assert.Contains("newer than this version", refusal.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(Path.GetDirectoryName(database)!, "restore-*"));
    }

    // Another panel's database beside the test's, and its backup.
    private async Task<(string Settings, string Database)> LiveElsewhereAsync(bool isNewer = false)
    {
        var settings = _panel.SettingsFile("elsewhere.db");
        var database = Path.Combine(Path.GetDirectoryName(_panel.Get<DatabaseOptions>().File)!, "elsewhere.db");
        (await MailAdminCommand.RunAsync("en_GB.UTF-8", "setup-link", "--settings", settings)).Ends(0);
        if (isNewer)
        {
            await using var elsewhere = new DatabaseCopy(_panel.Get<DatabaseOptions>(), database, Path.ChangeExtension(database, ".key"));
            await using var context = elsewhere.Get<MailDatabase>().Open();
            await context.Database.ExecuteSqlRawAsync(Newer);
        }
        (await MailAdminCommand.RunAsync("en_GB.UTF-8", "backup", Backup, "--settings", settings)).Ends(0);
        return (settings, database);
    }

    private string In(string name) => Path.Combine(_folder.Path, name);
}
