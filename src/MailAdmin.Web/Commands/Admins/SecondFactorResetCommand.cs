using System.CommandLine;
using MailAdmin.Core.Admins;
using MailAdmin.Core.SecondFactors;

namespace MailAdmin.Web.Commands.Admins;

/// <summary>
/// <c>mailadmin admin reset-second-factor NAME</c>: for an admin who has lost all their second factors. Their password is enough until they
/// set up a new one.
/// </summary>
internal sealed class SecondFactorResetCommand : PanelCommand
{
    private readonly Argument<string> _name = AdminArguments.Name();

    public SecondFactorResetCommand() : base("reset-second-factor", CommandTexts.AdminSecondFactor)
    {
        Arguments.Add(_name);
        Options.Add(CommandOptions.DryRun);
    }

    public override async Task<ExitCode> RunAsync(CommandRun run)
    {
        if (await AdminCommand.FindAsync(run, run.Arguments.GetRequiredValue(_name)) is not { } admin)
            return run.Output.Refused([AdminProblems.NotFound]);
        var result = await run.CarryOutAsync(run.Get<SecondFactorService>().PlanReset(admin.Id, run.Actor));
        if (!result.Succeeded) return run.Output.Refused(result.Problems);
        run.Output.Report(
            new { dryRun = run.IsDryRun, name = admin.Name, sessionsEnded = admin.Sessions },
            () => run.Output.Line(
                run.IsDryRun ? CommandTexts.FormatWouldChange(admin.Name) : CommandTexts.FormatSecondFactorReset(admin.Name)));
        return ExitCode.Fine;
    }
}
