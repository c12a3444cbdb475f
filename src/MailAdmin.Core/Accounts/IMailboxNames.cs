using MailAdmin.Core.Domains;

namespace MailAdmin.Core.Accounts;

/// <summary>
/// Asks the mail server which mailboxes exist. It may have mailboxes that this database does not know: those of a predecessor, those made
/// by hand, or those of accounts created after the backup that was restored.
/// </summary>
public interface IMailboxNames
{
    /// <returns>
    /// The names of these that have a mailbox; null if the server is unavailable, in which case the worker finds out later.
    /// </returns>
    Task<IReadOnlySet<Username>?> ExistingAsync(IReadOnlyCollection<Username> names, CancellationToken cancellationToken);

    /// <summary>
    /// The server may read all its mailboxes for this, which takes seconds with 100,000 of them. Several requests share the answer, so none
    /// of them can cancel it.
    /// </summary>
    /// <returns>The names of all mailboxes with this prefix; null if the server is unavailable.</returns>
    Task<IReadOnlyCollection<Username>?> ListAsync(Prefix prefix);
}

/// <summary>For a process that has no mail server.</summary>
internal sealed class UnknownMailboxNames : IMailboxNames
{
    public Task<IReadOnlySet<Username>?> ExistingAsync(IReadOnlyCollection<Username> names, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlySet<Username>?>(null);

    public Task<IReadOnlyCollection<Username>?> ListAsync(Prefix prefix) => Task.FromResult<IReadOnlyCollection<Username>?>(null);
}
