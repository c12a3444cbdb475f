using MailAdmin.Core.MailboxCopies;
using MailAdmin.Web.Features.Accounts;
using MailAdmin.Web.Features.MailboxCopies;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Commands.MailboxCopies;

/// <summary><c>mailadmin copy</c>: lists the copies of mailboxes on other servers.</summary>
internal sealed class CopyCommand : PanelCommand
{
    public CopyCommand() : base("copy", CommandTexts.Copy)
    {
        Subcommands.Add(new CopyStartCommand());
        Subcommands.Add(new CopyStatusCommand());
        Subcommands.Add(new CopyActionCommand("pause", CommandTexts.CopyPause, CopyAction.Pause));
        Subcommands.Add(new CopyActionCommand("resume", CommandTexts.CopyResume, CopyAction.Resume));
        Subcommands.Add(new CopyActionCommand("cancel", CommandTexts.CopyCancel, CopyAction.Cancel));
    }

    public override async Task<ExitCode> RunAsync(CommandRun run)
    {
        var rows = await run.Get<MailboxCopyRepository>().AllAsync(run.CancellationToken);
        run.Output.Report(
            new { copies = rows.Select(r => CopyDocument.Of(r.Username.Value, r.Copy)) },
            () => run.Output.Table(
                [AccountTexts.Username, SharedTexts.State, MailboxCopyTexts.Messages, MailboxCopyTexts.Size, MailboxCopyTexts.NotCopied],
                rows.Select(r => new[]
                {
                    r.Username.Value, MailboxCopyText.StateOf(r.Copy.State), MailboxCopyText.MessagesOf(r.Copy),
                    MailboxCopyText.OctetsOf(r.Copy), r.Copy.Failures.Shown(),
                })));
        return ExitCode.Fine;
    }
}
