using MailAdmin.Core.Domains;
using MailAdmin.Core.Imports;
using MailAdmin.Core.Takeovers;
using MailAdmin.Web.Features.Imports;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Commands.Takeovers;

/// <param name="Domains">Domains that were created, or would be.</param>
/// <param name="Wrong">Rows that cannot be carried out or were refused.</param>
internal sealed record TakeoverOutcome(
    IReadOnlyList<DomainName> Domains, ImportTotals Totals, IReadOnlyList<ImportRow> Wrong, IReadOnlyList<TakeoverFinding> Findings)
{
    /// <summary>Rows of domains that a dry run does not create.</summary>
    public int Untried { get; init; }

    public static async Task<TakeoverOutcome> ReadAsync(
        CommandRun run, Import import, IReadOnlyList<DomainName> domains, IReadOnlyList<TakeoverFinding> findings)
    {
        var imports = run.Get<ImportRepository>();
        var wrong = await imports.WrongAsync(import.Id, run.CancellationToken);
        return new(domains, await imports.TotalsAsync(import.Id, run.CancellationToken), [.. wrong.Select(w => w.Row)], findings);
    }
}

/// <summary>Prints what a takeover carried, and what it found.</summary>
internal static class TakeoverReport
{
    /// <returns>Findings if anything but admins is left out or broken.</returns>
    public static ExitCode Write(CommandRun run, SourceServer source, TakeoverOutcome outcome)
    {
        run.Output.Report(Document(run, source, outcome), () => Print(run.Output, source, outcome));
        return outcome.Wrong.Count > 0 || outcome.Findings.Any(f => f.Fault != TakeoverFault.AdminLeftOut)
            ? ExitCode.Findings : ExitCode.Fine;
    }

    private static object Document(CommandRun run, SourceServer source, TakeoverOutcome outcome) => new
    {
        dryRun = run.IsDryRun,
        found = new { domains = source.Domains.Count, accounts = source.Accounts.Count, aliases = source.Aliases.Count },
        domains = outcome.Domains.Select(d => d.Value),
        outcome.Totals.Creates,
        outcome.Totals.Changes,
        outcome.Totals.Unchanged,
        outcome.Totals.Wrong,
        outcome.Totals.Done,
        outcome.Totals.Refused,
        outcome.Untried,
        rows = outcome.Wrong.Select(w => new
        {
            address = w.Subject,
            problems = ImportJson.ProblemsOf(w.Problems).Select(p => new { code = p.Code, text = Problems.TextOf(p) }),
        }),
        findings = outcome.Findings.Select(f => new { code = f.Fault, subject = f.Subject, detail = f.Detail }),
    };

    private static void Print(CommandOutput output, SourceServer source, TakeoverOutcome outcome)
    {
        output.Line(TakeoverTexts.FormatFound(
            source.Domains.Count.Shown(), source.Accounts.Count.Shown(), source.Aliases.Count.Shown()));
        if (outcome.Domains.Count > 0)
            output.Line(TakeoverTexts.FormatNewDomains(string.Join(", ", outcome.Domains.Select(d => d.Display))));
        output.Line(ImportTexts.FormatTotals(
            outcome.Totals.Creates.Shown(), outcome.Totals.Changes.Shown(), outcome.Totals.Unchanged.Shown(),
            outcome.Totals.Wrong.Shown()));
        if (outcome.Untried > 0) output.Line(TakeoverTexts.FormatUntried(outcome.Untried.Shown()));
        foreach (var row in outcome.Wrong) output.Line(TakeoverTexts.FormatRow(row.Subject, ImportText.ReasonOf(row)), "red");
        foreach (var finding in outcome.Findings)
            output.Line(TakeoverTexts.FormatRow(
                finding.Detail is { Length: > 0 } detail ? $"{finding.Subject} ({detail})" : finding.Subject,
                TakeoverText.Of(finding.Fault)));
    }
}
