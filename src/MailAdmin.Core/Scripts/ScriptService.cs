using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Results;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Scripts;

/// <summary>Admins' actions on users' own Sieve scripts and on rights that users gave to others. The worker carries them out.</summary>
public sealed class ScriptService(MailDatabase database)
{
    /// <summary>
    /// Deactivates the account's own active script; the script is kept, and its owner may activate it again.
    /// </summary>
    public Task<Result> SetAsideAsync(long accountId, Actor actor, CancellationToken cancellationToken = default) =>
        ChangeAsync(accountId, actor, (write, account) => SetAsideAsync(write, account, null), cancellationToken);

    /// <summary>Removes all rights in the mailbox except those of accounts of the same domain.</summary>
    public Task<Result> TakeForeignRightsAsync(long accountId, Actor actor, CancellationToken cancellationToken = default) =>
        ChangeAsync(accountId, actor, (write, account) => TakeForeignRightsAsync(write, account, null), cancellationToken);

    /// <param name="found">What was found, for the audit; null if nothing was checked.</param>
    internal static async Task SetAsideAsync(MailWrite write, Account account, string? found)
    {
        await write.EnqueueAsync(JobKind.ScriptAside, account.Id);
        write.Record("script.set-aside", account.Domain!, account.Username.Value, before: found is null ? null : new { Found = found });
    }

    /// <param name="found">What was found, for the audit; null if nothing was checked.</param>
    internal static async Task TakeForeignRightsAsync(MailWrite write, Account account, string? found)
    {
        await write.EnqueueAsync(JobKind.ForeignRights, account.Id);
        write.Record("account.rights-taken", account.Domain!, account.Username.Value, before: found is null ? null : new { Found = found });
    }

    private Task<Result> ChangeAsync(
        long accountId, Actor actor, Func<MailWrite, Account, Task> change, CancellationToken cancellationToken) =>
        database.WriteAsync<Result>(actor, async write =>
        {
            var account = await write.Context.Accounts.Include(a => a.Domain)
                .SingleOrDefaultAsync(a => a.Id == accountId && a.State != AccountState.Deleted, cancellationToken);
            if (account is null) return AccountProblems.NotFound;
            actor.Require(Permission.EditMail, account.DomainId);
            await change(write, account);
            return Result.Done;
        }, cancellationToken);
}
