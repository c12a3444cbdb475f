using MailAdmin.Core.Accounts;
using MailAdmin.Core.Data;
using MailAdmin.Core.Vacations;
using MailAdmin.Provisioning.Servers;
using MailAdmin.Provisioning.Sieve;

namespace MailAdmin.Web.Features.Vacations;

/// <summary>Reads a vacation from the database and, within the budget, its script's state from the server.</summary>
public sealed class VacationReader(VacationRepository vacations, ChangeSignals signals, IMailServer server)
{
    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(500);

    // The wait after saving, so that the next page most often shows the finished script.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    public async Task<(VacationRow Row, ScriptState? Script)> ReadAsync(AccountRow account, CancellationToken cancellationToken)
    {
        var row = await vacations.RowAsync(account.Id, cancellationToken);
        // While a job is pending, the script's current state is outdated.
        if (row is not { Vacation.IsOn: true, Job: null }) return (row, null);
        return (row, await server.VacationScriptAsync(account.Username, Budget, cancellationToken));
    }

    /// <summary>True if the script still waits for the mail server.</summary>
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
                var job = (await vacations.RowAsync(accountId, limit.Token)).Job;
                if (job is null or { Attempts: > 0 }) return job is not null;
                await progress.WaitAsync(limit.Token);
            }
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }
}
