using System.CommandLine;
using MailAdmin.Core.Admins;
using MailAdmin.Web.Features.Admins;

namespace MailAdmin.Web.Commands.Admins;

/// <summary><c>mailadmin admin password NAME</c>: sets a new password, which is shown once, and ends the admin's sessions.</summary>
internal sealed class AdminPasswordCommand : PanelCommand
{
    private readonly Argument<string> _name = AdminArguments.Name();
    private readonly Option<bool> _fromInput = AdminArguments.PasswordFromInput();

    public AdminPasswordCommand() : base("password", CommandTexts.AdminPassword)
    {
        Arguments.Add(_name);
        Options.Add(_fromInput);
        Options.Add(CommandOptions.DryRun);
    }

    public override async Task<ExitCode> RunAsync(CommandRun run)
    {
        if (await AdminCommand.FindAsync(run, run.Arguments.GetRequiredValue(_name)) is not { } admin)
            return run.Output.Refused([AdminProblems.NotFound]);
        var (password, isOurs) = await AdminArguments.PasswordAsync(run, _fromInput);
        var result = await run.CarryOutAsync(
            await run.Get<AdminService>().PlanPasswordAsync(admin.Id, password, password, run.Actor, run.CancellationToken));
        if (!result.Succeeded) return run.Output.Refused(result.Problems);
        var shown = isOurs && !run.IsDryRun ? password : null;
        run.Output.Report(new { dryRun = run.IsDryRun, name = admin.Name, password = shown, sessionsEnded = admin.Sessions }, () =>
        {
            run.Output.Line(run.IsDryRun ? CommandTexts.FormatWouldChange(admin.Name) : AdminTexts.FormatPasswordChanged(admin.Name));
            if (shown is not null) run.Output.Line(CommandTexts.FormatPassword(shown));
        });
        return ExitCode.Fine;
    }
}
