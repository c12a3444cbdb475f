using System.CommandLine;
using System.Globalization;
using MailAdmin.Core.Drift;
using MailAdmin.Provisioning.Drift;
using MailAdmin.Web.Features.Drift;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Commands.Drift;

/// <summary>
/// <c>mailadmin drift</c>: runs a comparison, prints differences as they are found, and repairs them if requested; exits with 1 if any are
/// left.
/// </summary>
internal sealed class DriftCommand : PanelCommand
{
    private readonly Option<DriftRepair?> _repair = new(
        "--repair")
    { Description = DriftTexts.CommandRepair, HelpName = "server|database" };
    private readonly Option<DriftKind?> _kind = new("--kind") { Description = DriftTexts.CommandKind };

    public DriftCommand() : base("drift", DriftTexts.CommandDrift)
    {
        foreach (var option in (Option[])[_repair, _kind, CommandOptions.DryRun]) Options.Add(option);
    }

    public override async Task<ExitCode> RunAsync(CommandRun run)
    {
        var check = run.Get<IDriftCheck>();
        if (!check.IsThere) return Failed(run, DriftTexts.NoServers, ExitCode.Usage);
        var found = await check.RunAsync(null, (findings, _, _) => Tell(run.Output, findings), run.CancellationToken);
        if (found is null) return Failed(run, DriftTexts.RunsElsewhere, ExitCode.Unreachable);
        var repaired = run.Arguments.GetValue(_repair) is { } repair ? await RepairAsync(run, found, repair) : 0;
        run.Output.Report(
            new
            {
                phase = found.Phase,
                accounts = found.Total,
                findings = found.FindingCount,
                repaired,
                dryRun = run.IsDryRun,
                found.Host,
                found.Error
            },
            () => Summarize(run, found, repaired));
        if (found.Phase == DriftPhase.Failed) return ExitCode.Unreachable;
        return found.FindingCount > (run.IsDryRun ? 0 : repaired) ? ExitCode.Findings : ExitCode.Fine;
    }

    private async Task<long> RepairAsync(CommandRun run, DriftRun found, DriftRepair repair)
    {
        var kind = run.Arguments.GetValue(_kind);
        if (!run.IsDryRun) return await run.Get<DriftService>().RepairAllAsync(
            found.Id, kind, repair, run.Actor, run.CancellationToken);
        return (await run.Get<DriftRepository>().CountAsync(found.Id, run.CancellationToken))
            .Where(c => (kind is null || c.Kind == kind) && DriftRepairs.Of(c.Kind).Contains(repair)).Sum(c => c.Count);
    }

    // One document for each difference, so that a reader need not wait for the end.
    private static void Tell(CommandOutput output, IReadOnlyList<DriftFinding> findings)
    {
        foreach (var f in findings)
        {
            output.Report(
                new { finding = f.Id, f.Kind, f.Domain, f.Subject, map = f.Map, f.Host, f.Wanted, f.Found, text = DriftText.Explain(f) },
                () => output.Line(DriftText.Explain(f)));
        }
    }

    private static void Summarize(CommandRun run, DriftRun found, long repaired)
    {
        run.Output.Line(DriftText.StateOf(found));
        if (found.Error is not null) run.Output.Line(found.Error, "red");
        run.Output.Line(DriftTexts.FormatFindings(found.FindingCount.Shown()), found.FindingCount == 0 ? "green" : "red");
        if (repaired == 0) return;
        var count = repaired.Shown();
        run.Output.Line(
            run.IsDryRun
            ? DriftTexts.FormatWouldRepair(count) : repaired == 1 ? DriftTexts.Repaired_one : DriftTexts.FormatRepaired_other(count));
    }

    private static ExitCode Failed(CommandRun run, string words, ExitCode code)
    {
        run.Output.Error(words);
        return code;
    }
}
