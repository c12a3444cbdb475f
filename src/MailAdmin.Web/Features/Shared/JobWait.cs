using MailAdmin.Core.Accounts;
using MailAdmin.Core.Data;
using MailAdmin.Core.Outbox;
using MailAdmin.Provisioning.Servers;

namespace MailAdmin.Web.Features.Shared;

/// <summary>Waits a moment for the worker, so that the next page most often shows the finished job.</summary>
public sealed class JobWait(OutboxRepository outbox, ChangeSignals signals, IMailServer server)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    /// <returns>True if the job still waits for the mail server.</returns>
    public Task<bool> WaitAsync(JobKind kind, long subjectId, CancellationToken cancellationToken) =>
        WaitAsync(token => outbox.AttemptsAsync(kind, subjectId, token), cancellationToken);

    /// <summary>The same for the removal of a mailbox.</summary>
    public Task<bool> WaitForRemovalAsync(Username username, CancellationToken cancellationToken) =>
        WaitAsync(token => outbox.RemovalAttemptsAsync(username, token), cancellationToken);

    private async Task<bool> WaitAsync(Func<CancellationToken, Task<int?>> attempts, CancellationToken cancellationToken)
    {
        if (!server.IsThere) return false;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Longest);
        try
        {
            for (; ; )
            {
                var progress = signals.Progress.Next;
                if (await attempts(limit.Token) is not 0 and var tried) return tried is not null;
                await progress.WaitAsync(limit.Token);
            }
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }
}
