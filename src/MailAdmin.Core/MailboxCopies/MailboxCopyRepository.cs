using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.MailboxCopies;

/// <summary>An account of a domain with its copy.</summary>
/// <param name="Address">Its primary address, or its username if it has none.</param>
public sealed record MailboxCopyRow(Username Username, DomainName Domain, string Address, MailboxCopy Copy);

/// <summary>Reads copies, for pages and commands. The sealed password stays in the row.</summary>
public sealed class MailboxCopyRepository(MailDatabase database)
{
    /// <summary>Null if nothing was ever copied into this account.</summary>
    public async Task<MailboxCopy?> FindAsync(long accountId, CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        return await context.MailboxCopies.SingleOrDefaultAsync(c => c.AccountId == accountId, cancellationToken);
    }

    /// <summary>The account with this username or address; null if there is none.</summary>
    public async Task<(long Id, string Username)?> AccountAsync(string name, CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        var present = context.Accounts.Where(a => a.State != AccountState.Deleted);
        if (Username.TryParse(name, out var username)
            && await present.Where(a => a.Username == username).Select(a => a.Id).FirstOrDefaultAsync(cancellationToken) is > 0 and var own)
            return (own, username.Value);
        if (!AddrSpec.TryParse(name, out var address, out _)
            || !LocalPart.TryParse(address.LocalPart, out var localPart, out _)) return null;
        var found = await present.Where(a => a.Domain!.Name == address.Domain && a.Addresses.Any(x => x.LocalPart == localPart))
            .Select(a => new { a.Id, a.Username }).FirstOrDefaultAsync(cancellationToken);
        return found is null ? null : (found.Id, found.Username.Value);
    }

    /// <summary>What could not be carried over, failures first.</summary>
    public async Task<IReadOnlyList<MailboxCopyProblem>> ProblemsAsync(
        long copyId, int limit, CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        return await context.MailboxCopyProblems.Where(p => p.CopyId == copyId).OrderBy(p => p.Kind).ThenBy(p => p.Id).Take(limit)
            .ToListAsync(cancellationToken);
    }

    /// <summary>A page of the copies into a domain's accounts, those that are under way first, then by username.</summary>
    public async Task<Page<MailboxCopyRow>> PageAsync(
        long domainId, int first, int size, CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        var copies = Present(context).Where(c => c.Account!.DomainId == domainId);
        var total = await copies.CountAsync(cancellationToken);
        first = Paging.Clamp(first, size, total);
        return new(await RowsAsync(copies, first, size, cancellationToken), first, size, total);
    }

    /// <summary>All copies, in the same order.</summary>
    public async Task<IReadOnlyList<MailboxCopyRow>> AllAsync(CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        return await RowsAsync(Present(context), 0, int.MaxValue, cancellationToken);
    }

    private static IQueryable<MailboxCopy> Present(MailContext context) =>
        context.MailboxCopies.Where(c => c.Account!.State != AccountState.Deleted);

    private static async Task<IReadOnlyList<MailboxCopyRow>> RowsAsync(
        IQueryable<MailboxCopy> copies, int first, int size, CancellationToken cancellationToken)
    {
        var rows = await copies.OrderBy(c => c.State).ThenBy(c => c.Account!.Username).Skip(first).Take(size)
            .Select(c => new
            {
                Copy = c,
                c.Account!.Username,
                Primary = c.Account.Addresses.Where(a => a.IsPrimary).Select(a => a.LocalPart).FirstOrDefault(),
                Domain = c.Account.Domain!.Name,
            }).ToListAsync(cancellationToken);
        return [.. rows.Select(r => new MailboxCopyRow(
            r.Username, r.Domain, r.Primary is null ? r.Username.Value : $"{r.Primary}@{r.Domain.Display}", r.Copy))];
    }
}
