using MailAdmin.Core.Accounts;
using MailAdmin.Core.Data;
using MailAdmin.Provisioning.Cyrus;

namespace MailAdmin.Web.Features.Accounts;

/// <summary>Gives the worker a moment, so that the next page mostly shows the new mailbox in place already.</summary>
public sealed class MailboxWait(AccountRepository accounts, ChangeSignals signals, IServiceProvider services)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    // Without a server there is nothing to wait for.
    private readonly bool _hasServer = services.GetService<CyrusQuotas>() is not null;

    public async Task WaitAsync(long domainId, Username username, CancellationToken cancellationToken)
    {
        if (!_hasServer) return;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Longest);
        try
        {
            for (; ; )
            {
                var progress = signals.Progress.Next;
                var account = await accounts.FindAsync(domainId, username);
                if (account is null or { MailboxReady: true } or { Task.Attempts: > 0 }) return;
                await progress.WaitAsync(limit.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The page says that it is pending.
        }
    }
}
