using System.CommandLine;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Previews;
using MailAdmin.Core.Results;
using MailAdmin.Web.Commands.Admins;

namespace MailAdmin.Web.Commands.Accounts;

/// <summary><c>mailadmin account password ACCOUNT</c>: sets a given password, or a new one, which is shown once.</summary>
internal sealed class AccountPasswordCommand : AccountChangeCommand
{
    private readonly Option<bool> _fromInput = AdminArguments.PasswordFromInput();
    private string? _shown;

    public AccountPasswordCommand() : base("password", AccountCommandTexts.Password) => Options.Add(_fromInput);

    protected override async Task<Result<PlannedChange<Account>>> PlanAsync(CommandRun run, AccountRow account)
    {
        var (password, isOurs) = await AdminArguments.PasswordAsync(run, _fromInput);
        _shown = isOurs && !run.IsDryRun ? password : null;
        return await run.Get<AccountService>()
            .PlanPasswordAsync(account.Id, password, password, run.Actor, cancellationToken: run.CancellationToken);
    }

    protected override void Report(CommandRun run, string username) =>
        run.Output.Report(new { dryRun = run.IsDryRun, username, password = _shown }, () =>
        {
            run.Output.Line(run.IsDryRun ? CommandTexts.FormatWouldChange(username) : Done(username));
            if (_shown is not null) run.Output.Line(CommandTexts.FormatPassword(_shown));
        });
}
