using MailAdmin.Core.Domains;

namespace MailAdmin.Core.Accounts;

/// <summary>
/// Asks the mail server which mailboxes are there. It may hold some that this database knows nothing of: a predecessor's, some made by
/// hand, or those of accounts that were made after the backup which was put back.
/// </summary>
public interface IMailboxNames
{
    /// <returns>
    /// Those of these names that have a mailbox; null while the server can't be asked, and then the worker finds out later.
    /// </returns>
    Task<IReadOnlySet<Username>?> ExistingAsync(IReadOnlyCollection<Username> names);

    /// <summary>The server may go through all its mailboxes, which takes seconds where it has 100,000.</summary>
    /// <returns>The names of all mailboxes that begin with this; null when the server can't be asked.</returns>
    Task<IReadOnlyCollection<Username>?> ListAsync(Prefix prefix);
}

/// <summary>For a process that has no mail server.</summary>
internal sealed class UnknownMailboxNames : IMailboxNames
{
    public Task<IReadOnlySet<Username>?> ExistingAsync(IReadOnlyCollection<Username> names) =>
        Task.FromResult<IReadOnlySet<Username>?>(null);

    public Task<IReadOnlyCollection<Username>?> ListAsync(Prefix prefix) => Task.FromResult<IReadOnlyCollection<Username>?>(null);
}
