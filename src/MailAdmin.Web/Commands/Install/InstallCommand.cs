using System.CommandLine;
using MailAdmin.Provisioning.Installation;
using Spectre.Console;

namespace MailAdmin.Web.Commands.Install;

/// <summary>
/// <c>mailadmin install</c>: sets up Cyrus, Postfix and the panel on this host, from what the hoster answers. It shows every change first,
/// keeps what was there, and does nothing if nothing differs. It needs no settings, because it writes them.
/// </summary>
internal sealed class InstallCommand : Command
{
    private readonly InstallOptions _options = new();

    public InstallCommand() : base("install", InstallTexts.Command)
    {
        foreach (var option in _options.All) Options.Add(option);
        SetAction((parsed, cancellationToken) =>
        {
            var output = new CommandOutput(parsed.GetValue(CommandOptions.Json));
            return CommandRunner.GuardAsync(output, () => RunAsync(parsed, output, cancellationToken), cancellationToken);
        });
    }

    private async Task<ExitCode> RunAsync(ParseResult parsed, CommandOutput output, CancellationToken cancellationToken)
    {
        var root = parsed.GetValue(_options.Root) is { } folder ? new SystemRoot(folder) : SystemRoot.Running;
        if (!Environment.IsPrivilegedProcess) return Refused(output, [new("NotRoot")]);
        var services = new ServerServices(root);
        var installer = new Installer(root, services, TimeProvider.System, line => Tell(output, line));
        var restarts = services.CanRestart && !parsed.GetValue(_options.NoRestart);
        if (parsed.GetValue(_options.Rollback)) return await RollBackAsync(root, installer, restarts, output);
        if (await UndoInterruptedAsync(root, installer, parsed, output) is { } stopped) return stopped;
        var (plan, obstacles) = await PlanAsync(root, parsed, output, cancellationToken);
        if (plan is null) return Refused(output, obstacles);
        InstallReport.Show(output, root, plan, parsed.GetValue(CommandOptions.DryRun));
        if (plan.IsEmpty || parsed.GetValue(CommandOptions.DryRun)) return ExitCode.Fine;
        if (!parsed.GetValue(_options.Yes) && !(output.IsTerminal && InstallQuestions.Confirms(AnsiConsole.Console)))
            return Refused(output, [new("NotConfirmed")]);
        await installer.ApplyAsync(plan, restarts, cancellationToken);
        if (!restarts) Tell(output, InstallTexts.FormatRestart(string.Join(' ', ServerServices.Order)));
        if (root.IsRunning) await InstallReport.FinishAsync(parsed, output, restarts, cancellationToken);
        return ExitCode.Fine;
    }

    private async Task<(InstallPlan? Plan, IReadOnlyList<Obstacle> Obstacles)> PlanAsync(
        SystemRoot root, ParseResult parsed, CommandOutput output, CancellationToken cancellationToken)
    {
        var accounts = UnixAccounts.Read(root);
        List<Obstacle> missing = [.. Prerequisites.Obstacles(root, accounts),
            .. root.IsRunning ? Prerequisites.PortObstacles(ListeningPorts.Read()) : []];
        if (missing.Count > 0) return (null, missing);
        var settings = root.Of(CommandOptions.DefaultSettings);
        var typed = _options.Answers(parsed)
            .Or(File.Exists(settings) ? SettingsText.Parse(await File.ReadAllTextAsync(settings, cancellationToken)) : null);
        if ((typed.Certificate is null) != (typed.Key is null)) return (null, [new("KeyMissing")]);
        if (!parsed.GetValue(_options.Yes) && output.IsTerminal && !Console.IsInputRedirected && !parsed.GetValue(CommandOptions.DryRun))
            typed = InstallQuestions.Ask(AnsiConsole.Console, typed);
        if (typed.Missing.ToList() is { Count: > 0 } unanswered)
            return (null, [new("AnswersMissing", string.Join(", ", unanswered))]);
        var (answers, wrong) = InstallAnswers.Parse(typed);
        if (answers is null) return (null, wrong);
        var dane = await Dnssec.IsValidatedAsync(root, cancellationToken);
        return new InstallPlanner(root, accounts, TimeProvider.System).Plan(answers, parsed.GetValue(_options.Replace), dane);
    }

    // A run that was killed has left some files new and some old.
    private static async Task<ExitCode?> UndoInterruptedAsync(
        SystemRoot root, Installer installer, ParseResult parsed, CommandOutput output)
    {
        if (InstallJournal.Interrupted(root) is not { } journal) return null;
        if (parsed.GetValue(CommandOptions.DryRun)) return Refused(output, [new("Interrupted", journal.Path)]);
        Tell(output, InstallTexts.FormatUndoing(journal.Path));
        await installer.RollBackAsync(journal, restarts: false);
        return null;
    }

    private static async Task<ExitCode> RollBackAsync(SystemRoot root, Installer installer, bool restarts, CommandOutput output)
    {
        if (InstallJournal.Latest(root) is not { } journal)
            return Refused(output, [new("NothingToRollBack", root.Of(InstallJournal.Folder))]);
        await installer.RollBackAsync(journal, restarts);
        output.Report(
            new { rolledBack = journal.Files.Select(f => f.Path) },
            () =>
            {
                foreach (var file in journal.Files) output.Line(file.Path);
                output.Line(InstallTexts.FormatRolledBack(journal.Path), "green");
                if (!restarts) output.Line(InstallTexts.FormatRestart(string.Join(' ', ServerServices.Order)));
            });
        return ExitCode.Fine;
    }

    private static ExitCode Refused(CommandOutput output, IReadOnlyList<Obstacle> obstacles)
    {
        var told = obstacles.Select(InstallText.Of).Concat(obstacles.Any(o => o.MayBeReplaced) ? [InstallTexts.HowToReplace] : []);
        output.Error(string.Join(output.IsJson ? ' ' : '\n', told));
        return obstacles.Any(o => o.Code is "AnswersMissing" or "KeyMissing") ? ExitCode.Usage : ExitCode.Findings;
    }

    private static void Tell(CommandOutput output, string line)
    {
        if (!output.IsJson) output.Line(line);
    }
}
