using MailAdmin.Core.Accounts;
using MailAdmin.Provisioning.Cyrus;
using MailAdmin.Provisioning.Sieve;

namespace MailAdmin.Provisioning.Servers;

/// <summary>
/// Queries of pages to the mail server (Cyrus) while they are rendered. Nothing here throws because of the server, and nothing waits longer
/// than its budget.
/// </summary>
public interface IMailServer
{
    /// <summary>
    /// False if this panel has no mail server (no section <c>Cyrus</c>): there is nothing to query and nothing to wait for.
    /// </summary>
    bool IsThere { get; }

    /// <summary>Reads the quota of each mailbox, all with one exchange.</summary>
    /// <returns>Null if there is no server.</returns>
    Task<QuotaReadings?> QuotasAsync(IReadOnlyList<AccountMailbox> mailboxes, TimeSpan budget, CancellationToken cancellationToken);

    /// <summary>Reads the state of the user's vacation script: whether it is still the active one.</summary>
    /// <returns>Null if the server can't be asked now.</returns>
    Task<ScriptState?> VacationScriptAsync(Username username, TimeSpan budget, CancellationToken cancellationToken);

    /// <summary>Reads the actions of the user's own script.</summary>
    /// <returns>Null if the server can't be asked now.</returns>
    Task<ActiveScript?> ActiveScriptAsync(Username username, TimeSpan budget, CancellationToken cancellationToken);

    /// <summary>Reads the rights of others in the user's mailbox.</summary>
    /// <returns>Null if the server can't be asked now.</returns>
    Task<IReadOnlyList<FolderRight>?> RightsAsync(Username username, TimeSpan budget, CancellationToken cancellationToken);

    /// <summary>Looks for a mailbox that has the account's name and is not the account's. It takes a few seconds at most.</summary>
    /// <returns>
    /// <c>WasSeen</c> is false if the server can't be asked in time. The mailbox is null if there is none, or if it is the account's.
    /// </returns>
    Task<(bool WasSeen, ForeignMailbox? Mailbox)> ForeignMailboxAsync(AccountMailbox mailbox, CancellationToken cancellationToken);
}

/// <summary>The implementation for a panel without a mail server.</summary>
internal sealed class NoMailServer : IMailServer
{
    public bool IsThere => false;

    public Task<QuotaReadings?> QuotasAsync(
        IReadOnlyList<AccountMailbox> mailboxes, TimeSpan budget, CancellationToken cancellationToken) =>
        Task.FromResult<QuotaReadings?>(null);

    public Task<ScriptState?> VacationScriptAsync(Username username, TimeSpan budget, CancellationToken cancellationToken) =>
        Task.FromResult<ScriptState?>(null);

    public Task<ActiveScript?> ActiveScriptAsync(Username username, TimeSpan budget, CancellationToken cancellationToken) =>
        Task.FromResult<ActiveScript?>(null);

    public Task<IReadOnlyList<FolderRight>?> RightsAsync(Username username, TimeSpan budget, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<FolderRight>?>(null);

    public Task<(bool WasSeen, ForeignMailbox? Mailbox)> ForeignMailboxAsync(AccountMailbox mailbox, CancellationToken cancellationToken) =>
        Task.FromResult<(bool, ForeignMailbox?)>((false, null));
}
