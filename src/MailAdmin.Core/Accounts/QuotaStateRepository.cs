using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Accounts;

/// <param name="IsFull">The last recorded state.</param>
public sealed record QuotaState(long AccountId, Username Username, bool IsFull)
{
    public MailboxId? MailboxId { get; init; }

    public AccountMailbox Mailbox => new(Username, MailboxId);
}

/// <summary>
/// Lists the accounts whose usage is to be checked, and records the result: a full account's addresses answer 452 (manual, 3.1).
/// </summary>
public sealed class QuotaStateRepository(MailDatabase database)
{
    /// <summary>Accounts with a quota that follow this id, in the order of their ids.</summary>
    public Task<List<QuotaState>> NextAsync(long afterId, int limit, CancellationToken cancellationToken) =>
        ReadAsync(accounts => accounts.Where(a => a.Id > afterId), limit, cancellationToken);

    /// <summary>Full accounts that may have room again, and nearly full ones that may have filled up.</summary>
    public async Task<List<QuotaState>> SuspectedAsync(
        IReadOnlyCollection<Username> nearlyFull, int limit, CancellationToken cancellationToken)
    {
        // Two queries, each with its own index: a single one with OR would scan all accounts every few seconds.
        var full = await ReadAsync(accounts => accounts.Where(a => a.IsFull), limit, cancellationToken);
        var near = nearlyFull.Count == 0
            ? [] : await ReadAsync(accounts => accounts.Where(a => nearlyFull.Contains(a.Username)), limit, cancellationToken);
        return [.. full.UnionBy(near, a => a.AccountId).Take(limit)];
    }

    /// <summary>Opens or closes the addresses of accounts that became full or have room again, in one transaction.</summary>
    public Task RecordAsync(IReadOnlyList<QuotaState> changed, CancellationToken cancellationToken) =>
        database.WriteAsync(Actor.Panel, async write =>
        {
            var ids = changed.Select(c => c.AccountId).ToList();
            foreach (
                var account in await write.Context.Accounts.Include(a => a.Domain).Where(a => ids.Contains(a.Id))
                    .ToListAsync(cancellationToken))
            {
                account.IsFull = changed.Single(c => c.AccountId == account.Id).IsFull;
                write.Record(account.IsFull ? "account.full" : "account.has-room", account.Domain!, account.Username.Value);
            }
        }, cancellationToken);

    private async Task<List<QuotaState>> ReadAsync(
        Func<IQueryable<Account>, IQueryable<Account>> choose, int limit, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        // Cyrus counts nothing without a limit. A full account whose limit was removed still has to be reopened.
        var asked = context.Accounts.Where(a => a.MailboxReady && a.State != AccountState.Deleted && (a.Quota != null || a.IsFull));
        return await choose(asked).OrderBy(a => a.Id).Take(limit)
            .Select(a => new QuotaState(a.Id, a.Username, a.IsFull) { MailboxId = a.MailboxId }).ToListAsync(cancellationToken);
    }
}
