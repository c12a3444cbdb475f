using System.CommandLine;
using MailAdmin.Core.Admins;
using MailAdmin.Web.Features.Admins;

namespace MailAdmin.Web.Commands.Admins;

/// <summary><c>mailadmin admin delete NAME</c>.</summary>
internal sealed class AdminDeleteCommand : PanelCommand
{
    private readonly Argument<string> _name = AdminArguments.Name();

    public AdminDeleteCommand() : base("delete", CommandTexts.AdminDelete)
    {
        Arguments.Add(_name);
        Options.Add(CommandOptions.DryRun);
    }

    public override async Task<ExitCode> RunAsync(CommandRun run)
    {
        if (await AdminCommand.FindAsync(run, run.Arguments.GetRequiredValue(_name)) is not { } admin)
            return run.Output.Refused([AdminProblems.NotFound]);
        var result = await run.CarryOutAsync(run.Get<AdminService>().PlanDeletion(admin.Id, admin.Stamp, run.Actor));
        if (!result.Succeeded) return run.Output.Refused(result.Problems);
        run.Output.Report(
            new { dryRun = run.IsDryRun, name = admin.Name, sessionsEnded = admin.Sessions },
            () => run.Output.Line(run.IsDryRun ? CommandTexts.FormatWouldChange(admin.Name) : AdminTexts.FormatDeleted(admin.Name)));
        return ExitCode.Fine;
    }
}
