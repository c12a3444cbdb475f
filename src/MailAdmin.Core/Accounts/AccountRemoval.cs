using MailAdmin.Core.Data;
using MailAdmin.Core.Outbox;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Accounts;

/// <summary>Removes accounts: their rows are deleted, their usernames stay retired, and jobs remove their mailboxes.</summary>
internal static class AccountRemoval
{
    // Bounds the parameters of one statement.
    private const int ChunkSize = 500;

    // Jobs that concern only the account; the job of its removal replaces them.
    private static readonly JobKind[] OfAccounts = [JobKind.Mailbox, JobKind.Script, JobKind.ScriptAside,
        JobKind.ForeignRights];

    /// <summary>Removes one account, or all of a domain, with a few statements either way.</summary>
    public static async Task RetireAsync(MailWrite write, IReadOnlyCollection<Account> accounts, long storeId)
    {
        var context = write.Context;
        var retired = accounts.Select(
            a => new RetiredUsername { Username = a.Username, MailboxId = a.MailboxId, StoreId = storeId, RetiredAt = write.Now }).ToList();
        context.RetiredUsernames.AddRange(retired);
        context.Accounts.RemoveRange(accounts);
        foreach (var ids in accounts.Select(a => a.Id).Chunk(ChunkSize))
            await context.Jobs.Where(t => ids.Contains(t.SubjectId) && OfAccounts.Contains(t.Kind)).ExecuteDeleteAsync();
        await context.SaveChangesAsync();
        write.EnqueueNew(JobKind.Removal, retired.Select(r => r.Id));
    }
}
