using MailAdmin.Core.Data;
using MailAdmin.Core.Outbox;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Provisioning.Worker;

/// <summary>Lets a request wait a moment for its own task, so that its page usually shows the finished state.</summary>
public sealed class ProvisioningProgress(MailDatabase database, ChangeSignals signals)
{
    /// <summary>How long a page waits at most.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Until the account's mailbox is as wished, or has failed once, or patience is over. It never throws for being late.</summary>
    public async Task WaitAsync(long accountId, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        over.CancelAfter(Patience);
        try
        {
            while (true)
            {
                var next = signals.Progress.Next;
                await using (var context = database.Open())
                {
                    var task = await context.OutboxTasks.SingleOrDefaultAsync(t => t.Kind == OutboxKind.Mailbox && t.SubjectId == accountId, over.Token);
                    if (task is null || task.Attempts > 0) return;
                }
                await next.WaitAsync(over.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The page says "pending".
        }
    }
}
