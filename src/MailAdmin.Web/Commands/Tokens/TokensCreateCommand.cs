using System.CommandLine;
using MailAdmin.Core.Admins;
using MailAdmin.Web.Commands.Admins;

namespace MailAdmin.Web.Commands.Tokens;

/// <summary><c>mailadmin tokens create ADMIN NAME</c>: creates a token that acts as the admin, and prints it once.</summary>
internal sealed class TokensCreateCommand : PanelCommand
{
    private const int DefaultDays = 90;

    private readonly Argument<string> _admin = new("ADMIN") { Description = CommandTexts.AdminName };
    private readonly Argument<string> _name = new("NAME") { Description = CommandTexts.TokenName };
    private readonly Option<int> _days = new("--days") { Description = CommandTexts.TokenDays, DefaultValueFactory = _ => DefaultDays };

    public TokensCreateCommand() : base("create", CommandTexts.TokensCreate)
    {
        Arguments.Add(_admin);
        Arguments.Add(_name);
        Options.Add(_days);
        Options.Add(CommandOptions.DryRun);
    }

    public override async Task<ExitCode> RunAsync(CommandRun run)
    {
        if (await AdminCommand.FindAsync(run, run.Arguments.GetRequiredValue(_admin)) is not { } admin)
            return run.Output.Refused([AdminProblems.NotFound]);
        var name = run.Arguments.GetRequiredValue(_name);
        var plan = run.Get<AdminTokenService>().PlanCreation(admin.Id, name, run.Arguments.GetValue(_days), run.Actor);
        var result = await run.CarryOutAsync(plan);
        if (!result.Succeeded) return run.Output.Refused(result.Problems);
        var (token, expiresAt) = result.Value;
        run.Output.Report(
            new { dryRun = run.IsDryRun, admin = admin.Name, name, token = run.IsDryRun ? null : token, expiresAt },
            () => run.Output.Line(
                run.IsDryRun ? CommandTexts.FormatWouldCreate(name)
                    : CommandTexts.FormatTokenShown(token, TokensCommand.Shown(expiresAt))));
        return ExitCode.Fine;
    }
}
