using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Previews;
using MailAdmin.Core.Results;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Accounts;

/// <summary>How every change of an account begins: it is there, the actor may, and nobody else has changed it meanwhile.</summary>
internal static class AccountChanges
{
    private static readonly Func<MailContext, long, bool, Task<Account?>> Find = EF.CompileAsyncQuery(
        (MailContext context, long id, bool evenDeleted) =>
        context.Accounts.AsTracking().Include(a => a.Domain).Include(a => a.Addresses)
            .SingleOrDefault(a => a.Id == id && (evenDeleted || a.State != AccountState.Deleted)));

    /// <param name="version">As the form showed it, or null where any will do.</param>
    /// <param name="change">Gets the account with its domain and addresses; what it returns keeps everything from being written.</param>
    /// <param name="permission">That the actor has to have for its domain.</param>
    /// <param name="evenDeleted">Also an account that was deleted and is not purged yet; to all else it is not there.</param>
    public static Task<Result<Account>> ChangeAccountAsync(
        this MailDatabase database, long id, long? version, Actor actor, Func<MailWrite, Account, Task<Problem?>> change,
        Permission permission = Permission.EditMail, bool evenDeleted = false) =>
        database.PlanAccountChange(id, version, actor, change, permission, evenDeleted).MakeAsync();

    /// <summary>The same, to be shown before it is made.</summary>
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
