using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Results;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Accounts;

/// <summary>What the page showed of a mailbox before it is taken over; it is recorded in the audit.</summary>
/// <param name="Id">The mailbox that was shown: if there is another one now, it is not taken over.</param>
/// <param name="Messages">Number of messages in all its folders.</param>
/// <param name="Rights">Rights of others in the mailbox, as <c>anyone lrs</c>.</param>
/// <param name="Script">The active script, or null.</param>
public sealed record FoundMailbox(MailboxId Id, long Messages, long Octets, int Folders, IReadOnlyList<string> Rights, string? Script);

/// <summary>Resolves a conflict where the mail server has a mailbox with an account's username that is not the account's.</summary>
public sealed class AccountMailboxService(MailDatabase database, FreeNames names, MailHostNames host)
{
    /// <summary>
    /// Gives another username to an account whose mailbox was never created: the next number, or the one that was entered. Problems carry
    /// the field Username.
    /// </summary>
    public async Task<Result<Account>> RenameAsync(
        long id, long version, Username? chosen, Actor actor, CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        var domainId = await context.Accounts.Where(a => a.Id == id).Select(a => a.DomainId).SingleOrDefaultAsync(cancellationToken);
        var onServer = await names.TakenAsync(domainId, localPart: null, chosen, cancellationToken);
        return await database.ChangeAccountAsync(
            id, version, actor, (write, found) => RenameAsync(write, found, chosen, new(host, write.Actor, onServer)),
            cancellationToken: cancellationToken);
    }

    /// <summary>
    /// Makes the existing mailbox the account's, with the mail in it. Only a superuser may do this. The worker removes what
    /// <paramref name="takeOver"/> says before anything is delivered.
    /// </summary>
    public Task<Result<Account>> TakeOverAsync(
        long id, long version, FoundMailbox found, TakeOver takeOver, Actor actor, CancellationToken cancellationToken = default) =>
        database.ChangeAccountAsync(id, version, actor, async (write, account) =>
        {
            actor.Require(Permission.RunPanel);
            if (account.MailboxId == found.Id) return null;
            var before = account.MailboxId?.Value;
            (account.MailboxId, account.TakeOver, account.MailboxReady) = (found.Id, takeOver, false);
            await write.EnqueueAsync(JobKind.Mailbox, account.Id);
            write.Record("account.mailbox-taken-over", account.Domain!, account.Username.Value, new { MailboxId = before }, new
            {
                MailboxId = found.Id.Value,
                found.Messages,
                found.Octets,
                found.Folders,
                Rights = string.Join(", ", found.Rights),
                found.Script,
                RightsRemoved = takeOver.HasFlag(TakeOver.RemoveRights),
                ScriptStopped = takeOver.HasFlag(TakeOver.StopScript),
            });
            return null;
        }, cancellationToken: cancellationToken);

    private static async Task<Problem?> RenameAsync(MailWrite write, Account account, Username? chosen, NameRules rules)
    {
        if (account.MailboxReady) return AccountProblems.MailboxInPlace;
        var domain = account.Domain!;
        // An address scheme would give the same username again.
        var isTyped = domain.NamingScheme != NamingScheme.Numbered;
        var name = isTyped
            ? await AccountRules.FreeNameAsync(write.Context, chosen, rules)
            : await AccountRules.NumberedAsync(write.Context, domain, await AccountRules.NextNumberAsync(write.Context, domain.Id), rules);
        if (!name.Succeeded) return name.Problems[0];
        var before = account.Username;
        // Somebody may have been told the old username, so nobody else gets it. If this account's mailbox exists under it after all, it is
        // removed; any other mailbox is kept.
        var retired = new RetiredUsername
        {
            Username = before,
            MailboxId = account.MailboxId,
            StoreId = domain.StoreId,
            RetiredAt = write.Now
        };
        write.Context.RetiredUsernames.Add(retired);
        (account.Username, account.MailboxId) = (name.Value, MailboxId.New());
        await write.Context.SaveChangesAsync();
        write.EnqueueNew(JobKind.Removal, [retired.Id]);
        await write.EnqueueAsync(JobKind.Mailbox, account.Id);
        write.Record(
            "account.username-changed", domain, account.Username.Value, new { Username = before.Value },
            new { Username = account.Username.Value });
        return null;
    }
}
