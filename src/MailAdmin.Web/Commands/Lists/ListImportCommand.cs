using System.CommandLine;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Imports;
using MailAdmin.Core.Results;
using MailAdmin.Web.Features.Imports;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Commands.Lists;

/// <summary>
/// <c>mailadmin import FILE</c>: carries a list out, in the running panel if there is one. Wrong rows stop it, unless
/// <c>--skip-wrong</c> is given.
/// </summary>
internal sealed class ListImportCommand : PanelCommand
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    // Without any progress the panel is not running, and the command carries the list out itself. Both at the same time do no harm.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(5);

    private readonly Argument<string> _file = new("FILE") { Description = ImportTexts.CommandFile };
    private readonly Option<string?> _domain = new("--domain") { Description = ImportTexts.CommandDomain, HelpName = "NAME" };
    private readonly Option<bool> _passwords = new("--passwords") { Description = ImportTexts.CommandPasswords };
    private readonly Option<bool> _skipWrong = new("--skip-wrong") { Description = ImportTexts.CommandSkipWrong };

    public ListImportCommand() : base("import", ImportTexts.CommandImport)
    {
        Arguments.Add(_file);
        foreach (var option in (Option[])[_domain, _passwords, _skipWrong, CommandOptions.DryRun]) Options.Add(option);
    }

    public override async Task<ExitCode> RunAsync(CommandRun run)
    {
        var file = run.Arguments.GetRequiredValue(_file);
        var list = MailListParser.Read(await ReadAsync(file, run.CancellationToken));
        if (!list.Succeeded) return run.Output.Refused(list.Problems);
        long? domainId = null;
        if (run.Arguments.GetValue(_domain) is { } text)
        {
            if (!DomainName.TryParse(text, out var name) || await run.Get<DomainRepository>().FindAsync(name) is not { Domain: var domain })
                return run.Output.Refused([DomainProblems.NotFound]);
            domainId = domain.Id;
        }
        var import = await run.Get<ImportService>().PreviewAsync(
            new(list.Value, domainId, Path.GetFileName(file), run.Arguments.GetValue(_passwords)), run.Actor, run.CancellationToken);
        return import.Succeeded ? await GoOnAsync(run, import.Value) : run.Output.Refused(import.Problems);
    }

    private async Task<ExitCode> GoOnAsync(CommandRun run, Import import)
    {
        var totals = await run.Get<ImportRepository>().TotalsAsync(import.Id, run.CancellationToken);
        var isStopped = totals.Wrong > 0 && !run.Arguments.GetValue(_skipWrong);
        if (!run.IsDryRun && !isStopped && totals.Planned > 0)
        {
            var started = await run.Get<ImportService>().StartAsync(import.Id, run.Actor, run.CancellationToken);
            if (!started.Succeeded) return run.Output.Refused(started.Problems);
            totals = await FollowAsync(run, import.Id);
        }
        await ReportAsync(run, import, totals);
        if (run.IsDryRun || isStopped || totals.Planned == 0)
            await run.Get<ImportService>().DiscardAsync(import.Id, run.Actor, run.CancellationToken);
        return totals.Wrong + totals.Refused > 0 ? ExitCode.Findings : ExitCode.Fine;
    }

    internal static async Task<ImportTotals> FollowAsync(CommandRun run, long id)
    {
        var (imports, since) = (run.Get<ImportRepository>(), TimeProvider.System.GetTimestamp());
        var totals = await imports.TotalsAsync(id, run.CancellationToken);
        while (await imports.FindAnyAsync(id, run.CancellationToken) is { State: ImportState.Running })
        {
            if (TimeProvider.System.GetElapsedTime(since) < Silence) await Task.Delay(Pause, run.CancellationToken);
            else await run.Get<ImportSteps>().StepAsync(id, run.CancellationToken);
            var now = await imports.TotalsAsync(id, run.CancellationToken);
            if (now.Left < totals.Left && TimeProvider.System.GetElapsedTime(since) < Silence) since = TimeProvider.System.GetTimestamp();
            totals = now;
        }
        return totals;
    }

    private static async Task ReportAsync(CommandRun run, Import import, ImportTotals totals)
    {
        var wrong = await run.Get<ImportRepository>().WrongAsync(import.Id, run.CancellationToken);
        run.Output.Report(
            new
            {
                dryRun = run.IsDryRun,
                id = import.Id,
                encoding = import.Encoding,
                totals.Creates,
                totals.Changes,
                totals.Unchanged,
                totals.Wrong,
                totals.Done,
                totals.Refused,
                totals.Left,
                rows = wrong.Select(w => new
                {
                    line = w.Row.Line,
                    address = w.Row.Subject,
                    problems = ImportJson.ProblemsOf(w.Row.Problems).Select(p => new { code = p.Code, text = Problems.TextOf(p) }),
                }),
            },
            () =>
            {
                run.Output.Line(ImportTexts.FormatTotals(
                    totals.Creates.Shown(), totals.Changes.Shown(), totals.Unchanged.Shown(), totals.Wrong.Shown()));
                foreach (var (row, _) in wrong)
                    run.Output.Line(ImportTexts.FormatCommandLine(row.Line.Shown(), row.Subject, ImportText.ReasonOf(row)), "red");
                if (totals.Done + totals.Refused > 0)
                    run.Output.Line(ImportTexts.FormatProgress(totals.Done.Shown(), totals.Planned.Shown(), totals.Refused.Shown()));
            });
    }

    private static async Task<byte[]> ReadAsync(string file, CancellationToken cancellationToken)
    {
        if (file != "-") return await File.ReadAllBytesAsync(file, cancellationToken);
        await using var input = Console.OpenStandardInput();
        using var octets = new MemoryStream();
        await input.CopyToAsync(octets, cancellationToken);
        return octets.ToArray();
    }
}
