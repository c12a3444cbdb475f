using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace MailAdmin.Core.Accounts;

/// <param name="Account">With its id, once it is saved.</param>
/// <param name="IsRemoved">Its row goes, and with it whatever points to it.</param>
internal sealed record AccountChanged(Account Account, bool IsRemoved) : ModelChange;

/// <inheritdoc cref="IChangeReader"/>
internal sealed class AccountChangeReader : ChangeReader<Account>
{
    // A changed password or a last login moves no mail.
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
