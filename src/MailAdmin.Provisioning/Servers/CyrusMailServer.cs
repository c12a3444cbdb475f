using MailAdmin.Core.Accounts;
using MailAdmin.Provisioning.Cyrus;
using MailAdmin.Provisioning.Sieve;

namespace MailAdmin.Provisioning.Servers;

/// <summary>The Cyrus from the settings, with its ManageSieve server.</summary>
internal sealed class CyrusMailServer(CyrusQuotas quotas, SieveScripts scripts, MailboxRights rights, ForeignMailboxes foreign)
    : IMailServer
{
    public bool IsThere => true;

    public async Task<QuotaReadings?> QuotasAsync(
        IReadOnlyList<AccountMailbox> mailboxes, TimeSpan budget, CancellationToken cancellationToken) =>
        await quotas.ReadAsync(mailboxes, budget, cancellationToken);

    public Task<ScriptState?> VacationScriptAsync(Username username, TimeSpan budget, CancellationToken cancellationToken) =>
        Budget.WithinAsync<ScriptState>(budget, token => scripts.StateAsync(username, token), cancellationToken);

    public Task<ActiveScript?> ActiveScriptAsync(Username username, TimeSpan budget, CancellationToken cancellationToken) =>
        Budget.WithinAsync<ActiveScript>(budget, token => scripts.ReadActiveAsync(username, token), cancellationToken);

    public Task<IReadOnlyList<FolderRight>?> RightsAsync(Username username, TimeSpan budget, CancellationToken cancellationToken) =>
        Budget.WithinAsync<IReadOnlyList<FolderRight>>(budget, token => rights.ReadAsync(username, token), cancellationToken);

    public Task<(bool WasSeen, ForeignMailbox? Mailbox)> ForeignMailboxAsync(AccountMailbox mailbox, CancellationToken cancellationToken) =>
        foreign.InspectAsync(mailbox, cancellationToken);
}
