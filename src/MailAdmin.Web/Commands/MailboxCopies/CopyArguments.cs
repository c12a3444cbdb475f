using System.CommandLine;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.MailboxCopies;

namespace MailAdmin.Web.Commands.MailboxCopies;

/// <summary>What the commands about one copy share.</summary>
internal static class CopyArguments
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public static Argument<string> Account() => new("ACCOUNT") { Description = CommandTexts.CopyAccount };

    public static Option<bool> Wait() => new("--wait") { Description = CommandTexts.CopyWait };

    /// <summary>The account that was named; null, and a sentence on standard error, if there is none.</summary>
    public static async Task<(long Id, string Username)?> FindAsync(CommandRun run, string name)
    {
        if (await run.Get<MailboxCopyRepository>().AccountAsync(name, run.CancellationToken) is { } account) return account;
        run.Output.Refused([AccountProblems.NotFound]);
        return null;
    }

    /// <summary>The copy, once it has ended or was paused.</summary>
    public static async Task<MailboxCopy?> EndedAsync(CommandRun run, long accountId)
    {
        for (; ; )
        {
            var copy = await run.Get<MailboxCopyRepository>().FindAsync(accountId, run.CancellationToken);
            if (copy is not { State: MailboxCopyState.Waiting or MailboxCopyState.Running }) return copy;
            await Task.Delay(Interval, run.CancellationToken);
        }
    }
}
