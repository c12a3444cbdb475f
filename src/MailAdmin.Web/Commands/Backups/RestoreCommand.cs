using System.CommandLine;
using MailAdmin.Core.Backups;

namespace MailAdmin.Web.Commands.Backups;

/// <summary>
/// <c>mailadmin restore FILE</c>: puts a backup back. It is no <see cref="PanelCommand"/>, because a new host has no settings yet: they are
/// in the backup.
/// </summary>
internal sealed class RestoreCommand : Command
{
    private readonly Argument<string> _file = new("FILE") { Description = BackupTexts.RestoreFile };
    private readonly Option<string?> _audit = new("--audit") { Description = BackupTexts.RestoreAudit, HelpName = "FILE" };
    private readonly Option<bool> _settings = new("--with-settings") { Description = BackupTexts.RestoreWithSettings };
    private readonly Option<bool> _alone = new("--without-cyrus") { Description = BackupTexts.RestoreWithoutCyrus };

    public RestoreCommand() : base("restore", BackupTexts.Restore)
    {
        Arguments.Add(_file);
        foreach (var option in (Option[])[Passphrase.Option, _audit, _settings, _alone, CommandOptions.DryRun]) Options.Add(option);
        SetAction((parsed, cancellationToken) =>
        {
            var output = new CommandOutput(parsed.GetValue(CommandOptions.Json));
            return CommandRunner.GuardAsync(output, () => RunAsync(parsed, output, cancellationToken), cancellationToken);
        });
    }

    private async Task<ExitCode> RunAsync(ParseResult parsed, CommandOutput output, CancellationToken cancellationToken)
    {
        var file = Path.GetFullPath(parsed.GetRequiredValue(_file));
        var archive = new BackupArchive(file, await Passphrase.ReadAsync(parsed, cancellationToken));
        var manifest = await archive.CheckAsync(cancellationToken);
        var target = await RestoreTarget.FindAsync(
            archive, manifest, parsed.GetValue(CommandOptions.Settings), parsed.GetValue(_settings), cancellationToken);
        using var run = new RestoreRun(archive, manifest, target, output, parsed.GetValue(CommandOptions.DryRun));
        return await run.RunAsync(parsed.GetValue(_audit), parsed.GetValue(_alone), cancellationToken);
    }
}
