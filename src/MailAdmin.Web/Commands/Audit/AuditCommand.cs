using MailAdmin.Core.Audit;
using MailAdmin.Web.Features.Audit;

namespace MailAdmin.Web.Commands.Audit;

/// <summary><c>mailadmin audit</c>: prints the head of the audit's chain, to be noted elsewhere.</summary>
internal sealed class AuditCommand : PanelCommand
{
    public AuditCommand() : base("audit", AuditTexts.CommandAudit)
    {
        Subcommands.Add(new ExportCommand());
        Subcommands.Add(new VerifyCommand());
    }

    public override async Task<ExitCode> RunAsync(CommandRun run)
    {
        var head = await run.Get<AuditVerifier>().HeadAsync(run.CancellationToken);
        run.Output.Report(new { head = head?.ToString() }, () => run.Output.Line(head is null ? AuditTexts.Nothing : head.ToString()));
        return ExitCode.Fine;
    }
}
