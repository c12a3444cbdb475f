using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Accounts;

/// <summary>What the worker needs to know of an account's mailbox.</summary>
/// <param name="IsReady">The mailbox existed before.</param>
public sealed record MailboxFacts(
    Username Username, Quota? Quota, IReadOnlyList<string> Folders, bool IsReady, MailboxId? MailboxId, TakeOver TakeOver);

/// <summary>Reads the subject of a job at the moment when the job is carried out.</summary>
public sealed class MailboxRepository(MailDatabase database)
{
    /// <summary>Null if the account has been deleted: its removal is another job.</summary>
    public async Task<MailboxFacts?> FindAsync(long accountId, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        return await context.Accounts.Where(a => a.Id == accountId)
            .Select(a => new MailboxFacts(a.Username, a.Quota, a.Domain!.Folders, a.MailboxReady, a.MailboxId, a.TakeOver))
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>
    /// Some account whose mailbox is in place, preferably one with a quota: for checking the servers from a user's point of view.
    /// </summary>
    public async Task<MailboxFacts?> FindReadyAsync(CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        return await context.Accounts.Where(
            a => a.MailboxReady && a.State == AccountState.Active && a.Services.HasFlag(MailProtocols.Imap | MailProtocols.Sieve))
            .OrderBy(a => a.Quota == null).ThenBy(a => a.Id)
                .Select(a => new MailboxFacts(a.Username, a.Quota, a.Domain!.Folders, a.MailboxReady, a.MailboxId, a.TakeOver))
                    .FirstOrDefaultAsync(cancellationToken);
    }

    public async Task<AccountMailbox?> FindRetiredAsync(long id, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        return await context.RetiredUsernames.Where(r => r.Id == id).Select(r => new AccountMailbox(r.Username, r.MailboxId))
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>
    /// The mailbox of a ready account is missing on the server: the account becomes pending again. The new mailbox gets a new identity,
    /// since Cyrus may still keep the deleted mailbox under the old one.
    /// </summary>
    public Task MakeAgainAsync(long accountId, CancellationToken cancellationToken) =>
        database.WriteAsync(Actor.Panel, async write =>
        {
            var account = await write.Context.Accounts.Include(a => a.Domain)
                .SingleOrDefaultAsync(a => a.Id == accountId && a.MailboxReady, cancellationToken);
            if (account is null) return;
            (account.MailboxReady, account.MailboxId) = (false, MailboxId.New());
            write.Record("account.mailbox-missing", account.Domain!, account.Username.Value);
        }, cancellationToken);

    /// <summary>Records the mailbox ids of accounts that were created before these were recorded.</summary>
    public Task RecordAsync(IReadOnlyCollection<(long AccountId, MailboxId Id)> met, CancellationToken cancellationToken) =>
        database.ExecuteWithoutAuditAsync(async context =>
    {
        foreach (var (accountId, id) in met)
        {
            await context.Accounts.Where(a => a.Id == accountId && a.MailboxReady && a.MailboxId == null)
                .ExecuteUpdateAsync(set => set.SetProperty(a => a.MailboxId, id), cancellationToken);
        }
        return met.Count;
    }, cancellationToken);
}
