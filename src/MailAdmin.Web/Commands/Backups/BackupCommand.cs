using System.CommandLine;
using System.Reflection;
using MailAdmin.Core.Backups;
using MailAdmin.Core.Data;
using MailAdmin.Web.Features.Audit;
using MailAdmin.Web.Features.Shared;
using MailAdmin.Web.Hosting;

namespace MailAdmin.Web.Commands.Backups;

/// <summary><c>mailadmin backup FILE</c>: backs up database, key and settings while the panel runs.</summary>
internal sealed class BackupCommand : PanelCommand
{
    private readonly Argument<string> _file = new("FILE") { Description = BackupTexts.BackupFile };

    public BackupCommand() : base("backup", BackupTexts.Backup)
    {
        Arguments.Add(_file);
        Options.Add(Passphrase.Option);
    }

    public override async Task<ExitCode> RunAsync(CommandRun run)
    {
        var file = Path.GetFullPath(run.Arguments.GetRequiredValue(_file));
        var passphrase = await Passphrase.ReadAsync(run.Arguments, run.CancellationToken);
        var manifest = await run.Get<DatabaseBackup>().SaveAsync(file, [.. Files(run)], passphrase, Version, run.CancellationToken);
        run.Output.Report(
            new { file, encrypted = passphrase is not null, octets = new FileInfo(file).Length, manifest },
            () => Tell(run.Output, file, manifest, passphrase is not null));
        return ExitCode.Fine;
    }

    public static string Version =>
        typeof(BackupCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    private static IEnumerable<BackupFile> Files(CommandRun run)
    {
        yield return new(BackupManifest.Key, run.Get<DatabaseOptions>().SecretKeyFile);
        if (CommandServices.FileOf(run.Arguments.GetValue(CommandOptions.Settings)) is { } settings)
            yield return new(BackupManifest.Settings, settings);
        if (run.Get<PanelSettings>().Cyrus?.AdminPasswordFile is { } secret) yield return new(BackupManifest.CyrusSecret, secret);
    }

    private static void Tell(CommandOutput output, string file, BackupManifest manifest, bool isEncrypted)
    {
        var counts = manifest.Counts;
        output.Line(
            BackupTexts.FormatSaved(file, counts.Domains.Shown(), counts.Accounts.Shown(), counts.AuditEvents.Shown()), "green");
        foreach (var entry in manifest.Entries) output.Line($"  {entry.Name}  {entry.Path}");
        if (manifest.Entries.All(e => e.Name != BackupManifest.Key)) output.Line(BackupTexts.NoKey, "yellow");
        if (!isEncrypted) output.Line(BackupTexts.NotEncrypted, "yellow");
        if (!manifest.IsAuditWhole) output.Line(BackupTexts.AuditBroken, "red");
        if (manifest.AuditHead is { } head) output.Line(AuditTexts.FormatEndsAt(head));
    }
}
