using MailAdmin.Core.Accounts;
using MailAdmin.Provisioning.Cyrus;
using MailAdmin.Provisioning.Sieve;

namespace MailAdmin.Provisioning.Servers;

/// <summary>
/// What pages ask the mail server (Cyrus) while they are made. Nothing here throws because of the server, and nothing waits longer than its
/// budget.
/// </summary>
public interface IMailServer
{
    /// <summary>False where this panel has none (no section <c>Cyrus</c>): there is nothing to ask and nothing to wait for.</summary>
    bool IsThere { get; }

    /// <summary>The quota of each mailbox, all with one exchange.</summary>
    /// <returns>Null where there is no server.</returns>
    Task<QuotaReadings?> QuotasAsync(IReadOnlyList<AccountMailbox> mailboxes, TimeSpan budget, CancellationToken cancellationToken);

    /// <summary>Whether a vacation's script is still what answers for the user.</summary>
    /// <returns>Null when the server can't be asked now.</returns>
    Task<ScriptState?> VacationScriptAsync(Username username, TimeSpan budget, CancellationToken cancellationToken);

    /// <summary>What the user's own script does.</summary>
    /// <returns>Null when the server can't be asked now.</returns>
    Task<ActiveScript?> ActiveScriptAsync(Username username, TimeSpan budget, CancellationToken cancellationToken);

    /// <summary>Who else has rights in the user's mailbox.</summary>
    /// <returns>Null when the server can't be asked now.</returns>
    Task<IReadOnlyList<FolderRight>?> RightsAsync(Username username, TimeSpan budget, CancellationToken cancellationToken);

    /// <summary>A mailbox that has the account's name and is not the account's. It takes some seconds at most.</summary>
    /// <returns>
    /// False for <c>WasSeen</c> when the server can't be asked in time; without a mailbox when there is none, or when it is the account's.
    /// </returns>
    Task<(bool WasSeen, ForeignMailbox? Mailbox)> ForeignMailboxAsync(AccountMailbox mailbox, CancellationToken cancellationToken);
}

/// <summary>For a panel that has no mail server.</summary>
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
