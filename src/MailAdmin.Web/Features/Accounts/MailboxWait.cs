using MailAdmin.Core.Accounts;
using MailAdmin.Core.Data;
using MailAdmin.Provisioning.Servers;

namespace MailAdmin.Web.Features.Accounts;

/// <summary>Waits a moment for the worker, so that the next page most often shows the mailbox as ready.</summary>
public sealed class MailboxWait(AccountRepository accounts, ChangeSignals signals, IMailServer server)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    /// <summary>True if a job of the account still waits for the mail server.</summary>
    public async Task<bool> WaitAsync(long domainId, Username username, CancellationToken cancellationToken)
    {
        if (!server.IsThere) return false;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Longest);
        try
        {
            for (; ; )
            {
                var progress = signals.Progress.Next;
                var account = await accounts.FindAsync(domainId, username, limit.Token);
                if (account is null or { MailboxReady: true, Job: null, SignOut: null }) return false;
                if (account is { Job.Attempts: > 0 } or { SignOut.Attempts: > 0 }) return true;
                await progress.WaitAsync(limit.Token);
            }
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }
}
