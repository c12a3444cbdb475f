using MailAdmin.Core.Accounts;
using MailAdmin.Core.Data;
using MailAdmin.Core.Vacations;
using MailAdmin.Provisioning.Servers;
using MailAdmin.Provisioning.Sieve;

namespace MailAdmin.Web.Features.Vacations;

/// <summary>What the database and, within its budget, the server say of a vacation.</summary>
public sealed class VacationReader(VacationRepository vacations, ChangeSignals signals, IMailServer server)
{
    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(500);

    // After saving, so that the next page mostly shows it in place already.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    public async Task<(VacationRow Row, ScriptState? Script)> ReadAsync(AccountRow account, CancellationToken cancellationToken)
    {
        var row = await vacations.RowAsync(account.Id, cancellationToken);
        // While something is still to be done, what the server has is no news.
        if (row is not { Vacation.IsOn: true, Task: null }) return (row, null);
        return (row, await server.VacationScriptAsync(account.Username, Budget, cancellationToken));
    }

    /// <summary>True when the script still waits for the mail server.</summary>
    public async Task<bool> WaitAsync(long accountId, CancellationToken cancellationToken)
    {
        if (!server.IsThere) return false;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Longest);
        try
        {
            for (; ; )
            {
                var progress = signals.Progress.Next;
                var task = (await vacations.RowAsync(accountId, limit.Token)).Task;
                if (task is null or { Attempts: > 0 }) return task is not null;
                await progress.WaitAsync(limit.Token);
            }
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }
}
