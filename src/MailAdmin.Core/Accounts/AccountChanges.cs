using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Previews;
using MailAdmin.Core.Results;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Accounts;

/// <summary>
/// The checks at the start of every change of an account: it exists, the actor may change it, and nobody has changed it since.
/// </summary>
internal static class AccountChanges
{
    private static readonly Func<MailContext, long, bool, Task<Account?>> Find = CompiledQuery.Create(
        (MailContext context, long id, bool evenDeleted) =>
        context.Accounts.AsTracking().Include(a => a.Domain).Include(a => a.Addresses)
            .SingleOrDefault(a => a.Id == id && (evenDeleted || a.State != AccountState.Deleted)));

    /// <summary>The account with its domain and addresses, for a change by this actor; null if it is gone.</summary>
    public static async Task<Account?> FindAsync(MailWrite write, long id)
    {
        var account = await Find(write.Context, id, false);
        if (account is not null) write.Actor.Require(Permission.EditMail, account.DomainId);
        return account;
    }

    /// <param name="version">The version that the form showed, or null to accept any.</param>
    /// <param name="change">Gets the account with its domain and addresses; if it returns a problem, nothing is written.</param>
    /// <param name="permission">The permission that the actor needs for the account's domain.</param>
    /// <param name="evenDeleted">Also accept a deleted account that is not purged yet; otherwise it counts as not found.</param>
    public static Task<Result<Account>> ChangeAccountAsync(
        this MailDatabase database, long id, long? version, Actor actor, Func<MailWrite, Account, Task<Problem?>> change,
        Permission permission = Permission.EditMail, bool evenDeleted = false, CancellationToken cancellationToken = default) =>
        database.PlanAccountChange(id, version, actor, change, permission, evenDeleted).MakeAsync(cancellationToken);

    /// <summary>The same as a planned change.</summary>
    /// <inheritdoc cref="ChangeAccountAsync"/>
    public static PlannedChange<Account> PlanAccountChange(
        this MailDatabase database, long id, long? version, Actor actor, Func<MailWrite, Account, Task<Problem?>> change,
        Permission permission = Permission.EditMail, bool evenDeleted = false) =>
        new(database, actor, async write =>
        {
            var account = await Find(write.Context, id, evenDeleted);
            if (account is null) return AccountProblems.NotFound;
            actor.Require(permission, account.DomainId);
            if (version is not null && account.Version != version) return AccountProblems.ChangedMeanwhile;
            return await change(write, account) is { } problem ? problem : account;
        });
}
