using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace MailAdmin.Core.Accounts;

/// <param name="Account">The account; it has its id once it is saved.</param>
/// <param name="IsRemoved">Its row is deleted, and with it all rows that point to it.</param>
internal sealed record AccountChanged(Account Account, bool IsRemoved) : ModelChange;

/// <inheritdoc cref="IChangeReader"/>
internal sealed class AccountChangeReader : ChangeReader<Account>
{
    // Other columns, such as the password or the last login, do not affect mail.
    private static readonly string[] Observed =
    [
        nameof(Account.Username), nameof(Account.State), nameof(Account.HoldsMail), nameof(Account.Services), nameof(Account.MailboxReady),
        nameof(Account.IsFull),
    ];

    protected override IEnumerable<ModelChange> Read(Account account, EntityEntry entry)
    {
        if (entry.State != EntityState.Modified || IsModified(entry, Observed))
            yield return new AccountChanged(account, entry.State == EntityState.Deleted);
    }
}
