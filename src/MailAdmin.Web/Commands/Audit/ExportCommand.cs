using System.CommandLine;
using MailAdmin.Core.Audit;
using MailAdmin.Web.Features.Audit;

namespace MailAdmin.Web.Commands.Audit;

/// <summary>
/// <c>mailadmin audit export</c>: prints the events, one a line in JSON, oldest first. A copy on another machine tells a restore what was
/// done after the backup.
/// </summary>
internal sealed class ExportCommand : PanelCommand
{
    private readonly Option<long> _after = new("--after") { Description = AuditTexts.CommandExportAfter, HelpName = "NUMBER" };

    public ExportCommand() : base("export", AuditTexts.CommandExport) => Options.Add(_after);

    public override async Task<ExitCode> RunAsync(CommandRun run)
    {
        var events = run.Get<AuditRepository>().ReadAfterAsync(run.Arguments.GetValue(_after), run.CancellationToken);
        await foreach (var item in events) run.Output.Line(AuditLines.Of(item));
        return ExitCode.Fine;
    }
}
