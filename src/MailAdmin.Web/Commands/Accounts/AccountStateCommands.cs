using System.CommandLine;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Previews;
using MailAdmin.Core.Results;

namespace MailAdmin.Web.Commands.Accounts;

/// <summary><c>mailadmin account suspend ACCOUNT</c>.</summary>
internal sealed class AccountSuspendCommand : AccountChangeCommand
{
    private readonly Option<bool> _refuse = new("--refuse-mail") { Description = AccountCommandTexts.RefuseMail };

    public AccountSuspendCommand() : base("suspend", AccountCommandTexts.Suspend) => Options.Add(_refuse);

    protected override Task<Result<PlannedChange<Account>>> PlanAsync(CommandRun run, AccountRow account) =>
        Task.FromResult<Result<PlannedChange<Account>>>(run.Get<AccountStateService>().PlanSuspension(
            account.Id, account.Version, holdsMail: !run.Arguments.GetValue(_refuse), run.Actor));
}

/// <summary><c>mailadmin account resume ACCOUNT</c>.</summary>
internal sealed class AccountResumeCommand() : AccountChangeCommand("resume", AccountCommandTexts.Resume)
{
    protected override Task<Result<PlannedChange<Account>>> PlanAsync(CommandRun run, AccountRow account) =>
        Task.FromResult<Result<PlannedChange<Account>>>(
            run.Get<AccountStateService>().PlanResumption(account.Id, account.Version, run.Actor));
}

/// <summary><c>mailadmin account delete ACCOUNT</c>.</summary>
internal sealed class AccountDeleteCommand : AccountChangeCommand
{
    private readonly Option<bool> _forGood = new("--for-good") { Description = AccountCommandTexts.ForGood };

    public AccountDeleteCommand() : base("delete", AccountCommandTexts.Delete) => Options.Add(_forGood);

    protected override Task<Result<PlannedChange<Account>>> PlanAsync(CommandRun run, AccountRow account) =>
        Task.FromResult<Result<PlannedChange<Account>>>(
            run.Get<AccountService>().PlanDeletion(account.Id, account.Version, run.Arguments.GetValue(_forGood), run.Actor));

    protected override string Done(string username) => AccountCommandTexts.FormatDeleted(username);
}

/// <summary><c>mailadmin account restore USERNAME</c>.</summary>
internal sealed class AccountRestoreCommand : PanelCommand
{
    private readonly Argument<string> _username = new("USERNAME") { Description = AccountCommandTexts.RestoreUsername };

    public AccountRestoreCommand() : base("restore", AccountCommandTexts.Restore)
    {
        Arguments.Add(_username);
        Options.Add(CommandOptions.DryRun);
    }

    public override async Task<ExitCode> RunAsync(CommandRun run)
    {
        if (!Username.TryParse(run.Arguments.GetRequiredValue(_username), out var username)
            || await run.Get<AccountRepository>().FindDeletedAsync(username, run.CancellationToken) is not { } id)
            return run.Output.Refused([AccountProblems.NotFound]);
        var result = await run.CarryOutAsync(run.Get<AccountService>().PlanRestoration(id, run.Actor));
        if (!result.Succeeded) return run.Output.Refused(result.Problems);
        run.Output.Report(
            new { dryRun = run.IsDryRun, username = username.Value },
            () => run.Output.Line(
                run.IsDryRun ? CommandTexts.FormatWouldChange(username.Value) : AccountCommandTexts.FormatRestored(username.Value)));
        return ExitCode.Fine;
    }
}
