using MailAdmin.Core.Accounts;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Outbox;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Drift;

/// <summary>An account with the expected state of its mailbox.</summary>
/// <param name="IsPending">The worker has a job for it: differences are being resolved and are not drift.</param>
/// <param name="Version">If it has changed, somebody edited the account in the meantime.</param>
public sealed record DriftAccount(
    long Id, Username Username, DomainName Domain, Quota? Quota, bool MailboxReady, IReadOnlyList<string> Folders, bool IsPending,
    long Version, MailboxId? MailboxId);

/// <summary>An account whose scripts are checked.</summary>
/// <param name="AllowsOutside">Its domain allows external destinations.</param>
/// <param name="IsAway">Its vacation is on.</param>
/// <param name="IsPending">The worker has a job for its scripts.</param>
public sealed record ScriptAccount(long Id, Username Username, DomainName Domain, bool AllowsOutside, bool IsAway, bool IsPending);

/// <summary>Reads the database for the comparison, in batches.</summary>
public sealed class DriftAccounts(MailDatabase database)
{
    public async Task<long> CountAsync(CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        return await context.Accounts.LongCountAsync(cancellationToken);
    }

    /// <summary>
    /// Accounts after this id, in the order of their ids. Deleted accounts that are not purged keep their mailboxes and are included.
    /// </summary>
    public async Task<IReadOnlyList<DriftAccount>> NextAsync(long afterId, int limit, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        return await Select(context, context.Accounts.Where(a => a.Id > afterId).OrderBy(a => a.Id).Take(limit))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Reads the same accounts again, if they still exist.</summary>
    public async Task<IReadOnlyDictionary<long, DriftAccount>> AgainAsync(
        IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        return await Select(context, context.Accounts.Where(a => ids.Contains(a.Id))).ToDictionaryAsync(a => a.Id, cancellationToken);
    }

    /// <summary>Those of these mailboxes that are orphaned: no account has the name, and no removal is pending.</summary>
    public async Task<IReadOnlyList<string>> OrphansAsync(IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        var usernames = names.Select(Username.OfMailbox)
            .OfType<Username>().ToList();
        await using var context = database.Open();
        var owned = await context.Accounts.Where(a => usernames.Contains(a.Username)).Select(a => a.Username)
            .ToListAsync(cancellationToken);
        var going = await context.RetiredUsernames.Where(
            r => usernames.Contains(r.Username) && context.Jobs.Any(t => t.Kind == JobKind.Removal && t.SubjectId == r.Id))
            .Select(r => r.Username).ToListAsync(cancellationToken);
        var known = owned.Concat(going).Select(u => u.Value).ToHashSet(StringComparer.Ordinal);
        return [.. names.Where(n => !known.Contains(n))];
    }

    /// <summary>Ids of accounts with a mailbox and a vacation that is on.</summary>
    public async Task<IReadOnlyList<long>> WithVacationAsync(CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        return await context.Vacations.Where(v => v.IsOn && v.Account!.MailboxReady && v.Account.State != AccountState.Deleted)
            .Select(v => v.AccountId).ToListAsync(cancellationToken);
    }

    /// <summary>Those of these accounts that exist, with the expected state of their scripts.</summary>
    public async Task<IReadOnlyList<ScriptAccount>> ScriptsAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        return await context.Accounts.Where(a => ids.Contains(a.Id) && a.State != AccountState.Deleted).OrderBy(a => a.Id)
            .Select(a => new ScriptAccount(
                a.Id, a.Username, a.Domain!.Name, a.Domain.AllowsExternalDestinations,
                context.Vacations.Any(v => v.AccountId == a.Id && v.IsOn),
                context.Jobs.Any(t => (t.Kind == JobKind.Script || t.Kind == JobKind.ScriptAside) && t.SubjectId == a.Id)))
            .ToListAsync(cancellationToken);
    }

    private static IQueryable<DriftAccount> Select(MailContext context, IQueryable<Account> accounts) =>
        accounts.Select(a => new DriftAccount(
        a.Id, a.Username, a.Domain!.Name, a.Quota, a.MailboxReady, a.Domain.Folders,
        context.Jobs.Any(t => t.Kind == JobKind.Mailbox && t.SubjectId == a.Id), a.Version, a.MailboxId));
}
