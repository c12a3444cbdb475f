using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Sending;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Accounts;

/// <summary>Reads accounts. Deleted ones are hidden.</summary>
public sealed class AccountRepository(MailDatabase database)
{
    /// <summary>The search looks in usernames and in every address.</summary>
    public async Task<Page<AccountRow>> ListAsync(
        MailDomain domain, ListRequest<AccountSort> list, CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        var accounts = context.Accounts.Where(a => a.DomainId == domain.Id && a.State != AccountState.Deleted);
        if (list.Search is { } text) accounts = AccountSearch.Match(context, accounts, domain, text);
        var total = await accounts.CountAsync(cancellationToken);
        var first = Paging.Clamp(list.First, list.Size, total);
        var rows = await Rows(context, Ordered(accounts, domain, list).ThenBy(a => a.Id).Skip(first).Take(list.Size))
            .ToListAsync(cancellationToken);
        return new(rows, first, list.Size, total);
    }

    public async Task<AccountRow?> FindAsync(long domainId, Username username, CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        var found = context.Accounts.Where(a => a.DomainId == domainId && a.Username == username && a.State != AccountState.Deleted);
        return await Rows(context, found).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Finds an account by the username in a page's URL; null also if the text is not a username.</summary>
    public async Task<AccountRow?> FindAsync(MailDomain domain, string username, CancellationToken cancellationToken = default) =>
        Username.TryParse(username, out var name) ? await FindAsync(domain.Id, name, cancellationToken) : null;

    /// <summary>Finds an account by one of its addresses.</summary>
    public async Task<AccountRow?> FindAsync(long domainId, LocalPart localPart, CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        var found = context.Addresses.Where(a => a.DomainId == domainId && a.LocalPart == localPart && a.AccountId != null)
            .Select(a => a.Account!).Where(a => a.State != AccountState.Deleted);
        return await Rows(context, found).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>The id of a deleted account that is not purged yet, or null.</summary>
    public async Task<long?> FindDeletedAsync(Username username, CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        return await context.Accounts.Where(a => a.Username == username && a.State == AccountState.Deleted).Select(a => (long?)a.Id)
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>The accounts with these usernames that the actor may see, in the requested order.</summary>
    /// <param name="usernames">At most a page of them, since each is a parameter of the statement.</param>
    public async Task<IReadOnlyList<AccountReference>> ReferencesAsync(
        Actor actor, IReadOnlyList<string> usernames, CancellationToken cancellationToken)
    {
        var asked = usernames.Select(u => Username.TryParse(u, out var username) ? username : null).OfType<Username>().ToList();
        if (asked.Count == 0) return [];
        await using var context = database.Open();
        var accounts = context.Accounts.Where(a => asked.Contains(a.Username) && a.State != AccountState.Deleted);
        if (actor.Domains is { } seen)
        {
            var ids = seen.ToList();
            accounts = accounts.Where(a => ids.Contains(a.DomainId));
        }
        var found = await accounts.Select(a => new { a.Username, a.Domain!.Name }).ToListAsync(cancellationToken);
        return [.. found.Select(f => new AccountReference(f.Name, f.Username)).OrderBy(p => asked.IndexOf(p.Username))];
    }

    /// <summary>Deleted accounts that are not purged yet, in the order in which they will be.</summary>
    public async Task<IReadOnlyList<DeletedAccount>> ListDeletedAsync(long domainId, CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        return await context.Accounts.Where(a => a.DomainId == domainId && a.State == AccountState.Deleted && a.PurgeAt != null)
            .OrderBy(a => a.PurgeAt).ThenBy(a => a.Id)
            .Select(a => new DeletedAccount(
                a.Id, a.Username, a.Addresses.OrderByDescending(x => x.IsPrimary).ThenBy(x => x.Id).Select(x => x.LocalPart).ToList(),
                a.DeletedAt!.Value, a.PurgeAt!.Value))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Accounts by id, of any domain.</summary>
    internal async Task<IReadOnlyDictionary<long, AccountRow>> FindAsync(
        IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0) return new Dictionary<long, AccountRow>();
        await using var context = database.Open();
        return await Rows(context, context.Accounts.Where(a => ids.Contains(a.Id))).ToDictionaryAsync(a => a.Id, cancellationToken);
    }

    /// <summary>
    /// The username that the next account of a numbered domain will most likely get. It is for display only; the username is decided when
    /// the account is created.
    /// </summary>
    public async Task<Username?> NextUsernameAsync(long domainId, CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        var domain = await context.Domains.SingleAsync(d => d.Id == domainId, cancellationToken);
        return domain.NamingScheme == NamingScheme.Numbered ? Username.Numbered(domain.Prefix, domain.NextNumber) : null;
    }

    /// <summary>The accounts of a domain with the largest quotas, those without a limit first.</summary>
    public async Task<IReadOnlyList<AccountRow>> LargestAsync(long domainId, int count, CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        var accounts = context.Accounts.Where(a => a.DomainId == domainId && a.State != AccountState.Deleted);
        return await Rows(
            context, accounts.OrderByDescending(a => a.Quota == null).ThenByDescending(a => a.Quota).ThenBy(a => a.Id).Take(count))
                .ToListAsync(cancellationToken);
    }

    private static IOrderedQueryable<Account> Ordered(IQueryable<Account> accounts, MailDomain domain, ListRequest<AccountSort> list) =>
        list.Sort switch
        {
            AccountSort.Address =>
                accounts.InOrder(a => a.Addresses.Where(x => x.IsPrimary).Select(x => x.LocalPart).FirstOrDefault(), list.Descending),
            // Sort by length first, so that numbers of five digits come after those of four.
            AccountSort.Username when domain.NamingScheme == NamingScheme.Numbered =>
                accounts.InOrder(a => ((string)(object)a.Username).Length, list.Descending)
                .ThenInOrder(a => a.Username, list.Descending),
            AccountSort.Username => accounts.InOrder(a => a.Username, list.Descending),
            AccountSort.LastLogin => accounts.InOrder(a => a.LastLoginAt, list.Descending),
            AccountSort.Quota => accounts.InOrder(a => a.Quota == null, list.Descending).ThenInOrder(a => a.Quota, list.Descending),
            AccountSort.State =>
                accounts.InOrder(a => a.State, list.Descending).ThenInOrder(a => !a.MailboxReady, list.Descending)
                    .ThenInOrder(a => a.IsFull, list.Descending),
            _ => accounts.InOrder(a => a.Id, list.Descending),
        };

    // Joins are used because each account has one row at most: for a subquery with First, SQLite would number the rows of all accounts.
    internal static IQueryable<AccountRow> Rows(MailContext context, IQueryable<Account> accounts) =>
        from a in accounts
        from mailbox in context.Jobs.Where(t => t.Kind == JobKind.Mailbox && t.SubjectId == a.Id).DefaultIfEmpty()
        from signOut in context.Jobs.Where(t => t.Kind == JobKind.SignOut && t.SubjectId == a.Id).DefaultIfEmpty()
        from stop in context.SendingStops.Where(s => s.AccountId == a.Id).DefaultIfEmpty()
        from vacation in context.Vacations.Where(v => v.AccountId == a.Id && v.IsOn).DefaultIfEmpty()
        select new AccountRow(
            a.Id, a.Username, a.Addresses.OrderByDescending(x => x.IsPrimary).ThenBy(x => x.Id).Select(x => x.LocalPart)
                .ToList(), a.Quota, a.State,
            a.HoldsMail, a.Services, a.MailboxReady, a.IsFull, a.LastLoginAt, a.LastLoginService, a.CreatedAt, a.Version,
            mailbox == null ? null : new JobState(mailbox.Refused, mailbox.Attempts, mailbox.LastError, mailbox.IsConflict),
            signOut == null ? null : new JobState(signOut.Refused, signOut.Attempts, signOut.LastError, false),
            context.Redirects.Where(r => r.AccountId == a.Id && r.Destinations.Count > 0).Select(r => (bool?)r.KeepsCopy).FirstOrDefault(),
            vacation == null ? null : new Absence(vacation.From, vacation.Until, vacation.IsSwitchedOff))
        {
            Stop = stop,
            MailboxId = a.MailboxId,
            PersonName = a.PersonName,
            FolderRefusal = a.FolderRefusal,
            Tried = a.TriedAddressAt == null ? null : new TriedAddress(a.TriedAddress!, a.TriedAddressService, a.TriedAddressAt.Value),
        };
}
