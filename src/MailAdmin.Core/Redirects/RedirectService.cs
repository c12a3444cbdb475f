using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Data;
using MailAdmin.Core.Results;
using MailAdmin.Core.Routing;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Redirects;

/// <summary>A redirect as it shall be, whole.</summary>
/// <param name="Version">The one that the form was drawn from; 0 when there was none.</param>
/// <param name="Destinations">One text each: an address here or elsewhere, or a username.</param>
public sealed record RedirectEdit(long Version, IReadOnlyList<string> Destinations, bool KeepsCopy);

/// <param name="NamedItself">The account's own address was among the destinations and is understood as "keep a copy".</param>
public sealed record SavedRedirect(AccountRedirect Redirect, bool NamedItself);

/// <summary>Redirects of accounts (manual, 3.6).</summary>
public sealed class RedirectService(MailDatabase database)
{
    /// <summary>
    /// Sets or replaces an account's redirect. Problems carry the field Destinations, one for each destination that is wrong; nothing is
    /// kept unless all are right.
    /// </summary>
    public Task<Result<SavedRedirect>> SetAsync(long accountId, RedirectEdit edit, Actor actor) =>
        database.WriteAsync<Result<SavedRedirect>>(actor, async write =>
        {
            if (await FindAsync(write, accountId) is not { } account) return AccountProblems.NotFound;
            if (edit.Version != VersionOf(account)) return RedirectProblems.ChangedMeanwhile;
            if (await GuardedAsync(write, account) is { } guarded) return guarded.At("Destinations");
            var before = Show(account.Redirect);
            var read = await RedirectReader.ReadAsync(write, account, edit.Destinations);
            if (read.Problems.Count > 0) return read.Problems;
            var redirect = await ReplaceAsync(write, account, read.Destinations, edit.KeepsCopy || read.NamesItself);
            if (await ExpansionCheck.OfAccountAsync(write.Context, account.Id, actor) is { } fault) return fault;
            if (await ExpansionCheck.OnlyBackAsync(write.Context, account.Id) is { Count: > 0 } back)
                return back.Select(RedirectProblems.LeadsBack).ToList();
            write.Record("redirect.set", account.Domain!, account.Username.Value, before, Show(redirect));
            return new SavedRedirect(redirect, read.NamesItself);
        });

    /// <summary>Ends a redirect: from now on mail is in the mailbox. Removing what is gone already is no fault.</summary>
    public Task<Result> RemoveAsync(long accountId, long version, Actor actor) =>
        database.WriteAsync<Result>(actor, async write =>
        {
            if (await FindAsync(write, accountId) is not { } account) return AccountProblems.NotFound;
            if (account.Redirect is not { } redirect) return Result.Done;
            if (version != redirect.Version) return RedirectProblems.ChangedMeanwhile;
            write.Record("redirect.removed", account.Domain!, account.Username.Value, before: Show(redirect));
            write.Context.Redirects.Remove(redirect);
            return Result.Done;
        });

    private static async Task<Account?> FindAsync(MailWrite write, long accountId)
    {
        var account = await write.Context.Accounts.Include(a => a.Domain).Include(a => a.Redirect!.Destinations).ThenInclude(d => d.Account)
            .Include(a => a.Redirect!.Destinations).ThenInclude(d => d.LocalAddress!.Domain).AsSplitQuery()
            .SingleOrDefaultAsync(a => a.Id == accountId && a.State != AccountState.Deleted);
        if (account is not null) write.Actor.Require(Permission.EditMail, account.DomainId);
        return account;
    }

    // A redirect points all of its addresses elsewhere.
    private static async Task<Problem?> GuardedAsync(MailWrite write, Account account)
    {
        var parts = await write.Context.Addresses.Where(a => a.AccountId == account.Id).Select(a => a.LocalPart).ToListAsync();
        return parts.Select(p => GuardedAddresses.Check(write.Actor, account.Domain!, p)).FirstOrDefault(p => p is not null);
    }

    private static long VersionOf(Account account) => account.Redirect?.Version ?? 0;

    // What stays keeps its row, so that only what differs is written.
    private static async Task<AccountRedirect> ReplaceAsync(
        MailWrite write, Account account, IReadOnlyList<Destination> wanted, bool keepsCopy)
    {
        var redirect = account.Redirect;
        if (redirect is null) write.Context.Redirects.Add(redirect = new AccountRedirect { AccountId = account.Id, Account = account });
        // The version counts for the list as well.
        else write.Context.Entry(redirect).Property(r => r.KeepsCopy).IsModified = true;
        redirect.KeepsCopy = keepsCopy;
        var gone = redirect.Destinations.Where(d => !wanted.Any(w => DestinationDuplicates.IsSame(d, w))).ToList();
        write.Context.Destinations.RemoveRange(gone);
        redirect.Destinations.AddRange(wanted.Where(w => !redirect.Destinations.Any(d => DestinationDuplicates.IsSame(d, w))).ToList());
        await write.Context.SaveChangesAsync();
        return redirect;
    }

    private static object? Show(AccountRedirect? redirect) => redirect is null ? null : new
    {
        Destinations = redirect.Destinations.Select(
            d => d.Account?.Username.Value ?? d.External?.Value ?? $"{d.LocalAddress!.LocalPart}@{d.LocalAddress.Domain!.Name}").ToArray(),
        redirect.KeepsCopy,
    };
}
