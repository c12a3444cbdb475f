using System.CommandLine;
using MailAdmin.Core.Admins;
using MailAdmin.Web.Commands.Admins;

namespace MailAdmin.Web.Commands.Tokens;

/// <summary><c>mailadmin tokens revoke ADMIN NAME</c>: the token is refused from its next request on.</summary>
internal sealed class TokensRevokeCommand : PanelCommand
{
    private readonly Argument<string> _admin = new("ADMIN") { Description = CommandTexts.AdminName };
    private readonly Argument<string> _name = new("NAME") { Description = CommandTexts.TokenName };

    public TokensRevokeCommand() : base("revoke", CommandTexts.TokensRevoke)
    {
        Arguments.Add(_admin);
        Arguments.Add(_name);
        Options.Add(CommandOptions.DryRun);
    }

    public override async Task<ExitCode> RunAsync(CommandRun run)
    {
        if (await AdminCommand.FindAsync(run, run.Arguments.GetRequiredValue(_admin)) is not { } admin)
            return run.Output.Refused([AdminProblems.NotFound]);
        var name = run.Arguments.GetRequiredValue(_name);
        var result = await run.CarryOutAsync(run.Get<AdminTokenService>().PlanRevocation(admin.Id, name, run.Actor));
        if (!result.Succeeded) return run.Output.Refused(result.Problems);
        run.Output.Report(
            new { dryRun = run.IsDryRun, admin = admin.Name, name },
            () => run.Output.Line(
                run.IsDryRun ? CommandTexts.FormatWouldChange(admin.Name) : CommandTexts.FormatTokenRevoked(name, admin.Name)));
        return ExitCode.Fine;
    }
}
