using System.CommandLine;
using MailAdmin.Core.Accounts;
using MailAdmin.Web.Api.Accounts;
using MailAdmin.Web.Features.Accounts;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Commands.Accounts;

/// <summary><c>mailadmin account show ACCOUNT</c>.</summary>
internal sealed class AccountShowCommand : PanelCommand
{
    private readonly Argument<string> _account = AccountArguments.Account();

    public AccountShowCommand() : base("show", AccountCommandTexts.Show) => Arguments.Add(_account);

    public override async Task<ExitCode> RunAsync(CommandRun run)
    {
        if (await AccountArguments.FindAsync(run, run.Arguments.GetRequiredValue(_account)) is not var (domain, account))
            return run.Output.Refused([AccountProblems.NotFound]);
        run.Output.Report(
            AccountContract.Of(domain, account),
            () => run.Output.Table(
                [AccountTexts.Username, AccountCommandTexts.Addresses, AccountTexts.Quota, SharedTexts.State],
                [AccountListCommand.Row(domain, account)]));
        return ExitCode.Fine;
    }
}
