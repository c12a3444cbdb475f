using MailAdmin.Core.Addresses;
using MailAdmin.Core.Data;
using MailAdmin.Core.Outbox;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Accounts;

/// <summary>A row of the account list (manual, chapter 3).</summary>
/// <param name="Addresses">The primary first.</param>
/// <param name="Task">What the worker still has to do, or null when all is in place.</param>
public sealed record AccountRow(
    long Id, Username Username, IReadOnlyList<LocalPart> Addresses, Quota? Quota, AccountState State, MailServices Services, bool MailboxReady,
    DateTimeOffset? LastLoginAt, MailServices LastLoginService, DateTimeOffset CreatedAt, long Version, TaskState? Task);

/// <param name="Refused">The server said no, in <paramref name="Words"/>; otherwise it is away or the work has not begun.</param>
public sealed record TaskState(bool Refused, int Attempts, string? Words);

/// <summary>Reads accounts. Deleted ones are hidden.</summary>
public sealed class AccountRepository(MailDatabase database)
{
    public async Task<Page<AccountRow>> ListAsync(long domainId, int first, int size)
    {
        await using var context = database.Open();
        var accounts = context.Accounts.Where(a => a.DomainId == domainId && a.State != AccountState.Deleted);
        var total = await accounts.CountAsync();
        first = Paging.Clamp(first, size, total);
        var rows = await Rows(context, accounts.OrderBy(a => a.Id).Skip(first).Take(size)).ToListAsync();
        return new(rows, first, size, total);
    }

    public async Task<AccountRow?> FindAsync(long domainId, Username username)
    {
        await using var context = database.Open();
        var found = context.Accounts.Where(a => a.DomainId == domainId && a.Username == username && a.State != AccountState.Deleted);
        return await Rows(context, found).SingleOrDefaultAsync();
    }

    /// <summary>Accounts by id, of any domain.</summary>
    internal async Task<IReadOnlyDictionary<long, AccountRow>> FindAsync(IReadOnlyCollection<long> ids)
    {
        if (ids.Count == 0) return new Dictionary<long, AccountRow>();
        await using var context = database.Open();
        return await Rows(context, context.Accounts.Where(a => ids.Contains(a.Id))).ToDictionaryAsync(a => a.Id);
    }

    /// <summary>The username that the next account of a numbered domain will most likely get: for showing alone, it is decided when the account is made.</summary>
    public async Task<Username?> NextUsernameAsync(long domainId)
    {
        await using var context = database.Open();
        var domain = await context.Domains.SingleAsync(d => d.Id == domainId);
        return domain.NamingScheme == Domains.NamingScheme.Numbered ? Username.Numbered(domain.Prefix, domain.NextNumber) : null;
    }

    private static IQueryable<AccountRow> Rows(MailContext context, IQueryable<Account> accounts) => accounts.Select(a => new AccountRow(
        a.Id, a.Username, a.Addresses.OrderByDescending(x => x.IsPrimary).ThenBy(x => x.Id).Select(x => x.LocalPart).ToList(), a.Quota, a.State,
        a.Services, a.MailboxReady, a.LastLoginAt, a.LastLoginService, a.CreatedAt, a.Version,
        context.OutboxTasks.Where(t => t.Kind == OutboxKind.Mailbox && t.SubjectId == a.Id)
            .Select(t => new TaskState(t.Refused, t.Attempts, t.LastError)).FirstOrDefault()));
}
