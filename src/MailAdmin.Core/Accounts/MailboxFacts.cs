using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Accounts;

/// <summary>What the worker needs to know of an account's mailbox.</summary>
/// <param name="IsReady">It was there before.</param>
public sealed record MailboxFacts(Username Username, Quota? Quota, IReadOnlyList<string> Folders, bool IsReady);

/// <summary>Reads what a task is about, at the moment when it is carried out.</summary>
public sealed class MailboxRepository(MailDatabase database)
{
    private static readonly Func<MailContext, long, CancellationToken, Task<MailboxFacts?>> Facts = EF.CompileAsyncQuery((MailContext context, long accountId, CancellationToken token) =>
        context.Accounts.Where(a => a.Id == accountId).Select(a => new MailboxFacts(a.Username, a.Quota, a.Domain!.Folders, a.MailboxReady)).SingleOrDefault());

    /// <summary>Null when the account is gone: its removal is another task.</summary>
    public async Task<MailboxFacts?> FindAsync(long accountId, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        return await Facts(context, accountId, cancellationToken);
    }

    /// <summary>Some account whose mailbox is in place, one with a quota if there is any: for looking at the servers as a user does.</summary>
    public async Task<MailboxFacts?> FindReadyAsync(CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        return await context.Accounts.Where(a => a.MailboxReady && a.State == AccountState.Active && a.Services.HasFlag(MailServices.Imap | MailServices.Sieve))
            .OrderBy(a => a.Quota == null).ThenBy(a => a.Id).Select(a => new MailboxFacts(a.Username, a.Quota, a.Domain!.Folders, a.MailboxReady)).FirstOrDefaultAsync(cancellationToken);
    }

    public async Task<Username?> FindRetiredAsync(long id, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        return await context.RetiredUsernames.Where(r => r.Id == id).Select(r => r.Username).SingleOrDefaultAsync(cancellationToken);
    }
}
