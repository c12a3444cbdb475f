using System.CommandLine;
using MailAdmin.Core.MailboxCopies;
using MailAdmin.Web.Features.MailboxCopies;

namespace MailAdmin.Web.Commands.MailboxCopies;

/// <summary><c>mailadmin copy pause|resume|cancel ACCOUNT</c>.</summary>
internal sealed class CopyActionCommand : PanelCommand
{
    private readonly CopyAction _action;
    private readonly Argument<string> _account = CopyArguments.Account();

    public CopyActionCommand(string name, string description, CopyAction action) : base(name, description)
    {
        _action = action;
        Arguments.Add(_account);
        Options.Add(CommandOptions.DryRun);
    }

    public override async Task<ExitCode> RunAsync(CommandRun run)
    {
        if (await CopyArguments.FindAsync(run, run.Arguments.GetRequiredValue(_account)) is not { } account) return ExitCode.Findings;
        var result = await run.CarryOutAsync(run.Get<MailboxCopyService>().Plan(account.Id, _action, run.Actor));
        if (!result.Succeeded) return run.Output.Refused(result.Problems);
        run.Output.Report(
            new { dryRun = run.IsDryRun, copy = CopyDocument.Of(account.Username, result.Value) },
            () => run.Output.Line(run.IsDryRun ? CommandTexts.FormatWouldChange(account.Username) : Notice()));
        return ExitCode.Fine;
    }

    private string Notice() => _action switch
    {
        CopyAction.Pause => MailboxCopyTexts.PausedNotice,
        CopyAction.Resume => MailboxCopyTexts.ResumedNotice,
        _ => MailboxCopyTexts.CancelledNotice,
    };
}
