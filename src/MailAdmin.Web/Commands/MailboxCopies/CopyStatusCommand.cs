using System.CommandLine;
using MailAdmin.Core.MailboxCopies;
using MailAdmin.Web.Features.MailboxCopies;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Commands.MailboxCopies;

/// <summary>
/// <c>mailadmin copy status ACCOUNT</c>: how far a copy is, and everything that it could not carry over. The exit code is 1 if it failed,
/// or if messages were not copied.
/// </summary>
internal sealed class CopyStatusCommand : PanelCommand
{
    private readonly Argument<string> _account = CopyArguments.Account();
    private readonly Option<bool> _wait = CopyArguments.Wait();

    public CopyStatusCommand() : base("status", CommandTexts.CopyStatus)
    {
        Arguments.Add(_account);
        Options.Add(_wait);
    }

    public override async Task<ExitCode> RunAsync(CommandRun run) =>
        await CopyArguments.FindAsync(run, run.Arguments.GetRequiredValue(_account)) is { } account
            ? await ReportAsync(run, account, run.Arguments.GetValue(_wait)) : ExitCode.Findings;

    /// <param name="wait">Until it has ended or was paused.</param>
    public static async Task<ExitCode> ReportAsync(CommandRun run, (long Id, string Username) account, bool wait)
    {
        var repository = run.Get<MailboxCopyRepository>();
        var copy = wait
            ? await CopyArguments.EndedAsync(run, account.Id) : await repository.FindAsync(account.Id, run.CancellationToken);
        if (copy is null) return run.Output.Refused([MailboxCopyProblems.NotOpen]);
        var problems = await repository.ProblemsAsync(copy.Id, MailboxCopyJournal.MaxProblems, run.CancellationToken);
        run.Output.Report(
            new
            {
                copy = CopyDocument.Of(account.Username, copy),
                problems = problems.Select(p => new { p.Kind, p.Folder, p.Subject, p.ReceivedAt, p.Detail }),
            },
            () => Show(run, account.Username, copy, problems));
        return copy.State == MailboxCopyState.Failed || copy.Failures > 0 ? ExitCode.Findings : ExitCode.Fine;
    }

    private static void Show(CommandRun run, string username, MailboxCopy copy, IReadOnlyList<MailboxCopyProblem> problems)
    {
        run.Output.Table(
            [username, ""],
            [
                [SharedTexts.State, MailboxCopyText.StateOf(copy.State)],
                [MailboxCopyTexts.Messages, MailboxCopyText.MessagesOf(copy)],
                [MailboxCopyTexts.Size, MailboxCopyText.OctetsOf(copy)],
                [MailboxCopyTexts.TimeLeft, MailboxCopyText.TimeLeftOf(copy) ?? ""],
                [MailboxCopyTexts.NotCopied, copy.Failures.Shown()],
            ]);
        if (MailboxCopyText.FailureOf(copy) is { } failure) run.Output.Line(failure, "red");
        if (problems.Count == 0) return;
        run.Output.Table(
            [MailboxCopyTexts.Problems, MailboxCopyTexts.Folder, "", ""],
            problems.Select(p => new[] { MailboxCopyText.KindOf(p.Kind), p.Folder, p.Subject ?? "", p.Detail ?? "" }));
    }
}
