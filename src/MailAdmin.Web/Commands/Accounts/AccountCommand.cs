using System.CommandLine;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Previews;
using MailAdmin.Core.Results;

namespace MailAdmin.Web.Commands.Accounts;

/// <summary><c>mailadmin account</c>: the commands about accounts.</summary>
internal sealed class AccountCommand : Command
{
    public AccountCommand() : base("account", AccountCommandTexts.Account)
    {
        Subcommands.Add(new AccountListCommand());
        Subcommands.Add(new AccountShowCommand());
        Subcommands.Add(new AccountCreateCommand());
        Subcommands.Add(new AccountPasswordCommand());
        Subcommands.Add(new AccountQuotaCommand());
        Subcommands.Add(new AccountSuspendCommand());
        Subcommands.Add(new AccountResumeCommand());
        Subcommands.Add(new AccountDeleteCommand());
        Subcommands.Add(new AccountRestoreCommand());
    }
}

/// <summary>A command that changes one account: it finds the account, carries out the planned change and says so.</summary>
internal abstract class AccountChangeCommand : PanelCommand
{
    private readonly Argument<string> _account = AccountArguments.Account();

    protected AccountChangeCommand(string name, string description) : base(name, description)
    {
        Arguments.Add(_account);
        Options.Add(CommandOptions.DryRun);
    }

    public override async Task<ExitCode> RunAsync(CommandRun run)
    {
        if (await AccountArguments.FindAsync(run, run.Arguments.GetRequiredValue(_account)) is not var (_, account))
            return run.Output.Refused([AccountProblems.NotFound]);
        var plan = await PlanAsync(run, account);
        var result = plan.Succeeded ? await run.CarryOutAsync(plan.Value) : plan.Problems.ToList();
        if (!result.Succeeded) return run.Output.Refused(result.Problems);
        Report(run, account.Username.Value);
        return ExitCode.Fine;
    }

    /// <returns>The change, or why the arguments do not say one.</returns>
    protected abstract Task<Result<PlannedChange<Account>>> PlanAsync(CommandRun run, AccountRow account);

    /// <summary>The sentence after the change.</summary>
    protected virtual string Done(string username) => AccountCommandTexts.FormatChanged(username);

    protected virtual void Report(CommandRun run, string username) => run.Output.Report(
        new { dryRun = run.IsDryRun, username },
        () => run.Output.Line(run.IsDryRun ? CommandTexts.FormatWouldChange(username) : Done(username)));
}
