using System.CommandLine;
using MailAdmin.Core.Admins;
using MailAdmin.Web.Features.Admins;

namespace MailAdmin.Web.Commands.Admins;

/// <summary><c>mailadmin admin disable NAME</c> ends the admin's sessions immediately; <c>enable</c> lets them sign in again.</summary>
internal sealed class AdminStateCommand : PanelCommand
{
    private readonly Argument<string> _name = AdminArguments.Name();
    private readonly bool _isActive;

    public AdminStateCommand(string name, string description, bool isActive) : base(name, description)
    {
        _isActive = isActive;
        Arguments.Add(_name);
        Options.Add(CommandOptions.DryRun);
    }

    public override async Task<ExitCode> RunAsync(CommandRun run)
    {
        if (await AdminCommand.FindAsync(run, run.Arguments.GetRequiredValue(_name)) is not { } admin)
            return run.Output.Refused([AdminProblems.NotFound]);
        if (admin.IsActive != _isActive)
        {
            var rights = new AdminRights(admin.Role, admin.SeesAllDomains, admin.Domains);
            var result = await run.CarryOutAsync(run.Get<AdminService>().PlanRights(admin.Id, admin.Stamp, rights, _isActive, run.Actor));
            if (!result.Succeeded) return run.Output.Refused(result.Problems);
        }
        run.Output.Report(
            new
            {
                dryRun = run.IsDryRun,
                name = admin.Name,
                before = new { active = admin.IsActive },
                after = new { active = _isActive },
                sessionsEnded = _isActive ? 0 : admin.Sessions
            },
            () => run.Output.Line(run.IsDryRun ? CommandTexts.FormatWouldChange(admin.Name) : AdminTexts.FormatChanged(admin.Name)));
        return ExitCode.Fine;
    }
}
