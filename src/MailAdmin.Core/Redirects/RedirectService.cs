using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Data;
using MailAdmin.Core.Previews;
using MailAdmin.Core.Results;
using MailAdmin.Core.Routing;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Redirects;

/// <summary>The complete new state of a redirect.</summary>
/// <param name="Version">The version that the form showed; 0 if there was no redirect.</param>
/// <param name="Destinations">One text per destination: a hosted or external address, or a username.</param>
public sealed record RedirectEdit(long Version, IReadOnlyList<string> Destinations, bool KeepsCopy);

/// <param name="NamedItself">The account's own address was among the destinations, and was understood as "keep a copy".</param>
public sealed record SavedRedirect(AccountRedirect Redirect, bool NamedItself);

/// <summary>Redirects of accounts (manual, 3.6).</summary>
public sealed class RedirectService(MailDatabase database)
{
    /// <summary>
    /// Sets or replaces an account's redirect. Problems carry the field Destinations, one for each wrong destination; nothing is saved
    /// unless all are right.
    /// </summary>
    public Task<Result<SavedRedirect>> SetAsync(
        long accountId, RedirectEdit edit, Actor actor, CancellationToken cancellationToken = default) =>
        PlanSetting(accountId, edit, actor).MakeAsync(cancellationToken);

    /// <summary>The same as a planned change.</summary>
    /// <inheritdoc cref="SetAsync(long, RedirectEdit, Actor, CancellationToken)"/>
    public PlannedChange<SavedRedirect> PlanSetting(long accountId, RedirectEdit edit, Actor actor) =>
        new(database, actor, async write =>
        {
            if (await FindAsync(write, accountId) is not { } account) return AccountProblems.NotFound;
            return edit.Version == VersionOf(account)
                ? await SetAsync(write, account, edit.Destinations, edit.KeepsCopy) : RedirectProblems.ChangedMeanwhile;
        });

    /// <summary>Sets or replaces the redirect within a transaction, whatever it was before.</summary>
    internal static async Task<Result<SavedRedirect>> SetAsync(
        MailWrite write, long accountId, IReadOnlyList<string> destinations, bool keepsCopy) =>
        await FindAsync(write, accountId) is { } account
            ? await SetAsync(write, account, destinations, keepsCopy) : AccountProblems.NotFound;

    private static async Task<Result<SavedRedirect>> SetAsync(
        MailWrite write, Account account, IReadOnlyList<string> destinations, bool keepsCopy)
    {
        if (await GuardedAsync(write, account) is { } guarded) return guarded.At("Destinations");
        var before = Show(account.Redirect);
        var read = await RedirectParser.ReadAsync(write, account, destinations);
        if (read.Problems.Count > 0) return read.Problems;
        var redirect = await ReplaceAsync(write, account, read.Destinations, keepsCopy || read.NamesItself);
        if (await ExpansionCheck.OfAccountAsync(write.Context, account.Id, write.Actor) is { } fault) return fault;
        if (await ExpansionCheck.OnlyBackAsync(write.Context, account.Id) is { Count: > 0 } back)
            return back.Select(RedirectProblems.LeadsBack).ToList();
        write.Record("redirect.set", account.Domain!, account.Username.Value, before, Show(redirect));
        return new SavedRedirect(redirect, read.NamesItself);
    }

    /// <summary>
    /// Ends a redirect: mail is delivered to the mailbox from now on. Removing a redirect that does not exist is not an error.
    /// </summary>
    public async Task<Result> RemoveAsync(long accountId, long version, Actor actor, CancellationToken cancellationToken = default) =>
        await PlanRemoval(accountId, version, actor).MakeAsync(cancellationToken);

    /// <summary>The same as a planned change.</summary>
    /// <inheritdoc cref="RemoveAsync"/>
    public PlannedChange<Account> PlanRemoval(long accountId, long version, Actor actor) =>
        new(database, actor, async write =>
        {
            if (await FindAsync(write, accountId) is not { } account) return AccountProblems.NotFound;
            if (account.Redirect is not { } redirect) return account;
            if (version != redirect.Version) return RedirectProblems.ChangedMeanwhile;
            write.Record("redirect.removed", account.Domain!, account.Username.Value, before: Show(redirect));
            write.Context.Redirects.Remove(redirect);
            return account;
        });

    private static async Task<Account?> FindAsync(MailWrite write, long accountId)
    {
        var account = await write.Context.Accounts.Include(a => a.Domain).Include(a => a.Redirect!.Destinations).ThenInclude(d => d.Account)
            .Include(a => a.Redirect!.Destinations).ThenInclude(d => d.LocalAddress!.Domain).AsSplitQuery()
            .SingleOrDefaultAsync(a => a.Id == accountId && a.State != AccountState.Deleted);
        if (account is not null) write.Actor.Require(Permission.EditMail, account.DomainId);
        return account;
    }

    // A redirect applies to all of the account's addresses.
    private static async Task<Problem?> GuardedAsync(MailWrite write, Account account)
    {
        var parts = await write.Context.Addresses.Where(a => a.AccountId == account.Id).Select(a => a.LocalPart).ToListAsync();
        return parts.Select(p => GuardedAddresses.Check(write.Actor, account.Domain!, p)).FirstOrDefault(p => p is not null);
    }

    private static long VersionOf(Account account) => account.Redirect?.Version ?? 0;

    // Unchanged destinations keep their rows, so that only differences are written.
    private static async Task<AccountRedirect> ReplaceAsync(
        MailWrite write, Account account, IReadOnlyList<Destination> wanted, bool keepsCopy)
    {
        var redirect = account.Redirect;
        if (redirect is null) write.Context.Redirects.Add(redirect = new AccountRedirect { AccountId = account.Id, Account = account });
        // A change of the list raises the version too.
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
