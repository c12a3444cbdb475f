using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Previews;
using MailAdmin.Core.Results;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.CatchAlls;

/// <summary>The one account of a domain that receives mail for unknown recipients (manual, 3.5).</summary>
public sealed class CatchAllService(MailDatabase database)
{
    /// <summary>Gives the catch-all to an account, and takes it from its present holder.</summary>
    /// <param name="presentHolderId">
    /// The holder that the page showed, or null: if there is another one now, nothing is changed and the admin is told.
    /// </param>
    public Task<Result<Account>> SetAsync(
        long accountId, long? presentHolderId, Actor actor, CancellationToken cancellationToken = default) =>
        PlanMove(accountId, presentHolderId, actor).MakeAsync(cancellationToken);

    /// <summary>The same as a planned change.</summary>
    /// <inheritdoc cref="SetAsync"/>
    public PlannedChange<Account> PlanMove(long accountId, long? presentHolderId, Actor actor) =>
        new(database, actor, async write =>
        {
            if (await FindAsync(write, accountId) is not { } account) return AccountProblems.NotFound;
            var domain = account.Domain!;
            if (domain.CatchAllAccountId == account.Id) return account;
            if (domain.CatchAllAccountId != presentHolderId) return CatchAllProblems.ChangedMeanwhile;
            if (!domain.AllowsCatchAll) return CatchAllProblems.Forbidden(domain.Name.Display);
            if (account.State != AccountState.Active || !account.Services.HasFlag(MailProtocols.Receiving))
                return CatchAllProblems.HolderTakesNone(account.Username.Value);
            var before = await HolderAsync(write, domain);
            domain.CatchAllAccountId = account.Id;
            write.Record("catch-all.set", domain, domain.Name.Value, new { Holder = before }, new { Holder = account.Username.Value });
            return account;
        });

    /// <summary>
    /// Takes the catch-all from an account: mail for unknown recipients is refused again. Removing one that does not exist is not an error.
    /// </summary>
    public Task<Result<Account>> RemoveAsync(long accountId, Actor actor, CancellationToken cancellationToken = default) => PlanRemoval(
        accountId, actor).MakeAsync(cancellationToken);

    /// <summary>The same as a planned change.</summary>
    /// <inheritdoc cref="RemoveAsync"/>
    public PlannedChange<Account> PlanRemoval(long accountId, Actor actor) =>
        new(database, actor, async write =>
        {
            if (await FindAsync(write, accountId) is not { } account) return AccountProblems.NotFound;
            var domain = account.Domain!;
            if (domain.CatchAllAccountId != account.Id) return account;
            domain.CatchAllAccountId = null;
            write.Record("catch-all.removed", domain, domain.Name.Value, before: new { Holder = account.Username.Value });
            return account;
        });

    private static async Task<Account?> FindAsync(MailWrite write, long accountId)
    {
        var account = await write.Context.Accounts.Include(a => a.Domain)
            .SingleOrDefaultAsync(a => a.Id == accountId && a.State != AccountState.Deleted);
        if (account is not null) write.Actor.Require(Permission.EditMail, account.DomainId);
        return account;
    }

    private static async Task<string?> HolderAsync(MailWrite write, MailDomain domain) =>
        (await write.Context.Accounts.Where(a => a.Id == domain.CatchAllAccountId).Select(a => a.Username).SingleOrDefaultAsync())?.Value;
}

/// <summary>Reasons why the catch-all cannot be changed.</summary>
public static class CatchAllProblems
{
    public static Problem ChangedMeanwhile { get; } = new("ChangedMeanwhile");

    public static Problem Forbidden(string domain) => new("CatchAllForbidden", null, domain);

    public static Problem HolderTakesNone(string username) => new("CatchAllHolderTakesNone", null, username);
}
