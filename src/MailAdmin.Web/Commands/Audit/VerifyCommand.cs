using System.CommandLine;
using MailAdmin.Core.Audit;
using MailAdmin.Web.Features.Audit;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Commands.Audit;

/// <summary><c>mailadmin audit verify</c>: reads the whole table and reports every manipulation; exits with 1 if there is any.</summary>
internal sealed class VerifyCommand : PanelCommand
{
    private readonly Option<string[]> _noted = new("--noted") { Description = AuditTexts.CommandNoted, HelpName = "NUMBER:HASH" };

    public VerifyCommand() : base("verify", AuditTexts.CommandVerify) => Options.Add(_noted);

    public override async Task<ExitCode> RunAsync(CommandRun run)
    {
        List<AuditHead> noted = [];
        foreach (var text in run.Arguments.GetValue(_noted) ?? [])
        {
            if (!AuditHead.TryParse(text, out var head))
            {
                run.Output.Error(AuditTexts.FormatNotedMalformed(text));
                return ExitCode.Usage;
            }
            noted.Add(head);
        }
        var report = await run.Get<AuditVerifier>().VerifyAsync(noted, null, run.CancellationToken);
        run.Output.Report(Document(report), () => Tell(run.Output, report));
        return report.IsWhole ? ExitCode.Fine : ExitCode.Findings;
    }

    private static object Document(AuditReport report) => new
    {
        whole = report.IsWhole,
        events = report.Count,
        head = report.Head.ToString(),
        faultCount = report.FaultCount,
        faults = report.Faults.Select(f => new { f.Kind, f.First, f.Last, text = AuditFaultText.Of(f) }),
    };

    private static void Tell(CommandOutput output, AuditReport report)
    {
        foreach (var fault in report.Faults) output.Line(AuditFaultText.Of(fault), "red");
        if (report.IsWhole) output.Line(AuditTexts.FormatWhole(report.Count.Shown()), "green");
        else output.Line(AuditTexts.FormatFaults(report.FaultCount.Shown()));
        output.Line(AuditTexts.FormatEndsAt(report.Head));
    }
}
