using System.CommandLine;
using MailAdmin.Provisioning.Configuration;
using MailAdmin.Provisioning.Doctor;
using MailAdmin.Web.Features.Doctor;

namespace MailAdmin.Web.Commands.Doctor;

/// <summary>
/// <c>mailadmin doctor</c>: checks every assumption about the servers, and prints what is wrong, what that means for mail and where to
/// correct it.
/// </summary>
internal sealed class DoctorCommand : PanelCommand
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly Option<bool> _configuration = new("--configuration") { Description = CommandTexts.DoctorConfiguration };

    public DoctorCommand() : base("doctor", CommandTexts.Doctor) => Options.Add(_configuration);

    public override DatabaseNeed Needs => DatabaseNeed.None;

    public override async Task<ExitCode> RunAsync(CommandRun run)
    {
        if (run.Arguments.GetValue(_configuration)) return ServerConfiguration.Write(run.Output, run.Get<MailLayout>());
        var doctor = run.Get<ServerDoctor>();
        var zone = await run.ZoneAsync();
        var reports = new List<CheckReport>();
        await foreach (var report in doctor.RunAsync(Deadline, run.CancellationToken))
        {
            reports.Add(report);
            if (!run.Output.IsJson) Tell(run.Output, report, zone);
        }
        var failed = reports.Count(r => r.State == CheckState.Failed);
        run.Output.Report(
            new { failed, checks = reports.OrderBy(r => doctor.Names.ToList().IndexOf(r.Name)).Select(r => Document(r, zone)) },
            () => run.Output.Line(DoctorText.Summary(reports), failed == 0 ? "green" : "red"));
        return failed == 0 ? ExitCode.Fine : ExitCode.Findings;
    }

    /// <summary>Prints one check with its findings, for people.</summary>
    public static void Tell(CommandOutput output, CheckReport report, TimeZoneInfo zone)
    {
        var style = report.State switch { CheckState.Fine => "green", CheckState.Failed => "red", _ => "grey" };
        output.Line($"[{DoctorText.StateOf(report.State)}] {DoctorText.NameOf(report)}", style);
        foreach (var finding in report.Findings)
        {
            output.Line($"  {DoctorText.Of(finding, zone)}");
            if (finding.Place is { } place) output.Line($"    {DoctorTexts.Where} {place}");
            if (finding.Write is { } line) output.Line($"    {DoctorTexts.Write} {line}");
        }
    }

    private static object Document(CheckReport report, TimeZoneInfo zone) => new
    {
        check = report.Name,
        report.State,
        milliseconds = (long)report.Took.TotalMilliseconds,
        findings = report.Findings.Select(f => new { f.Code, text = DoctorText.Of(f, zone), f.Place, f.Write }),
    };
}
