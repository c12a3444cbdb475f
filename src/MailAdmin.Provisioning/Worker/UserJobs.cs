using MailAdmin.Core.Accounts;
using MailAdmin.Core.Drift;
using MailAdmin.Core.Vacations;
using MailAdmin.Provisioning.Cyrus;
using MailAdmin.Provisioning.Sieve;

namespace MailAdmin.Provisioning.Worker;

/// <summary>Undoes what users did themselves, when an admin asks for it.</summary>
internal sealed class UserJobs(
    DriftAccounts accounts, RightsHolders holders, VacationRepository vacations, SieveScripts scripts, MailboxRights rights)
{
    /// <exception cref="SieveRefusedException">The server said NO.</exception>
    /// <exception cref="SieveUnavailableException">The server can't be asked.</exception>
    public async Task SetScriptAsideAsync(long accountId, CancellationToken cancellationToken)
    {
        if (await FindAsync(accountId, cancellationToken) is not { } account) return;
        await scripts.SetAsideAsync(account.Username, await vacations.FactsAsync(accountId, cancellationToken), cancellationToken);
    }

    /// <exception cref="CyrusRefusedException">Cyrus said NO.</exception>
    /// <exception cref="CyrusUnavailableException">Cyrus can't be asked.</exception>
    public async Task TakeForeignRightsAsync(long accountId, CancellationToken cancellationToken)
    {
        if (await FindAsync(accountId, cancellationToken) is not { } account) return;
        await rights.TakeAwayAsync(
            account.Username, identifiers => holders.ForeignAsync(account.Domain, identifiers, cancellationToken), cancellationToken);
    }

    // An account without a mailbox has nothing to undo.
    private async Task<DriftAccount?> FindAsync(long accountId, CancellationToken cancellationToken) =>
        (await accounts.AgainAsync([accountId], cancellationToken))
            .GetValueOrDefault(accountId) is { MailboxReady: true } account ? account : null;
}
