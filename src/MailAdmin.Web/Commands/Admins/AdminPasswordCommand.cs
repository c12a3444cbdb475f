using System.CommandLine;
using MailAdmin.Core.Admins;
using MailAdmin.Web.Features.Admins;

namespace MailAdmin.Web.Commands.Admins;

/// <summary><c>mailadmin admin password NAME</c>: a new one, shown once; his sessions end.</summary>
internal sealed class AdminPasswordCommand : PanelCommand
{
    private readonly Argument<string> _name = AdminArguments.Name();
    private readonly Option<bool> _fromInput = AdminArguments.PasswordFromInput();

    public AdminPasswordCommand() : base("password", CommandTexts.AdminPassword)
    {
        Arguments.Add(_name);
        Options.Add(_fromInput);
    }

    public override async Task<ExitCode> RunAsync(CommandRun run)
    {
        if (await AdminCommand.FindAsync(run, run.Arguments.GetRequiredValue(_name)) is not { } admin) return run.Output.Refused([AdminProblems.NotFound]);
        var (password, isOurs) = await AdminArguments.PasswordAsync(run, _fromInput);
        var result = await run.Get<AdminService>().ChangePasswordAsync(admin.Id, password, password, run.Actor);
        if (!result.Succeeded) return run.Output.Refused(result.Problems);
        run.Output.Report(new { name = admin.Name, password = isOurs ? password : null }, () =>
        {
            run.Output.Line(AdminTexts.FormatPasswordChanged(admin.Name));
            if (isOurs) run.Output.Line(CommandTexts.FormatPassword(password));
        });
        return ExitCode.Fine;
    }
}
