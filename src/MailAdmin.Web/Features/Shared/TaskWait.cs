using MailAdmin.Core.Data;
using MailAdmin.Core.Outbox;
using MailAdmin.Provisioning.Cyrus;

namespace MailAdmin.Web.Features.Shared;

/// <summary>Gives the worker a moment, so that the next page mostly shows what was asked for in place already.</summary>
public sealed class TaskWait(OutboxRepository outbox, ChangeSignals signals, IServiceProvider services)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    // Without a server there is nothing to wait for.
    private readonly bool _hasServer = services.GetService<CyrusQuotas>() is not null;

    public async Task WaitAsync(OutboxKind kind, long subjectId, CancellationToken cancellationToken)
    {
        if (!_hasServer) return;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Longest);
        try
        {
            for (; ; )
            {
                var progress = signals.Progress.Next;
                if (!await outbox.IsUntriedAsync(kind, subjectId, limit.Token)) return;
                await progress.WaitAsync(limit.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The page of what waits says that it is pending.
        }
    }
}
