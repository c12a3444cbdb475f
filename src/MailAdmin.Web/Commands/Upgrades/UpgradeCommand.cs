using System.CommandLine;
using MailAdmin.Core.Backups;
using MailAdmin.Core.Data;

namespace MailAdmin.Web.Commands.Upgrades;

/// <summary>
/// <c>mailadmin upgrade</c>: migrates the database to this version once nobody uses it any more, after a rehearsal on a copy; or goes back.
/// The package's <c>commands/switch</c> runs it. Otherwise the start of the panel migrates.
/// </summary>
internal sealed class UpgradeCommand : PanelCommand
{
    private readonly Option<bool> _undo = new("--undo") { Description = UpgradeTexts.Undo };
    private readonly Option<int> _wait = new("--wait") { Description = UpgradeTexts.Wait, HelpName = "SECONDS" };

    public UpgradeCommand() : base("upgrade", UpgradeTexts.Command)
    {
        foreach (var option in (Option[])[_undo, _wait, CommandOptions.DryRun]) Options.Add(option);
    }

    /// <summary>It looks for itself, and waits until it has the database alone.</summary>
    public override DatabaseNeed Needs => DatabaseNeed.None;

    public override async Task<ExitCode> RunAsync(CommandRun run)
    {
        var wait = TimeSpan.FromSeconds(run.Arguments.GetValue(_wait));
        var upgrade = run.Get<DatabaseUpgrade>();
        using var alone = run.IsDryRun ? null : upgrade.KeepCommandsAway();
        if (run.Arguments.GetValue(_undo)) return Tell(run.Output, await upgrade.UndoAsync(wait, run.CancellationToken));
        var location = run.Get<IDatabaseProvider>().Location;
        var migrations = await upgrade.RehearseAsync(run.CancellationToken);
        // The first line: whoever reads it ends the panel and the login service now.
        run.Output.Report(
            new { migrations, copy = migrations.Count > 0 ? run.Get<UpgradeCopies>().Path : null },
            () => run.Output.Line(
                migrations.Count == 0 ? UpgradeTexts.FormatNothingToDo(location) : UpgradeTexts.FormatRehearsed(migrations.Count)));
        if (migrations.Count == 0 || run.IsDryRun) return ExitCode.Fine;
        await upgrade.MigrateAsync(wait, run.CancellationToken);
        var copy = run.Get<UpgradeCopies>().Path;
        run.Output.Report(new { migrated = true, copy }, () => run.Output.Line(UpgradeTexts.FormatMigrated(location, copy), "green"));
        return ExitCode.Fine;
    }

    private static ExitCode Tell(CommandOutput output, (string Copy, string Aside)? undone)
    {
        output.Report(
            new { putBack = undone?.Copy, aside = undone?.Aside },
            () => output.Line(undone is { } done ? UpgradeTexts.FormatUndone(done.Copy, done.Aside) : UpgradeTexts.NothingToUndo));
        return ExitCode.Fine;
    }
}
