using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Hosters;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.PasswordLinks;
using MailAdmin.Core.Passwords;
using MailAdmin.Core.Previews;
using MailAdmin.Core.Results;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Accounts;

/// <summary>Creates and deletes accounts, changes their passwords and quotas (manual, chapters 1 and 3).</summary>
public sealed class AccountService(
    MailDatabase database, PasswordHasher hasher, PasswordHashQueue queue, AccountCreation creation, FreeNames freeNames)
{
    /// <summary>
    /// Problems carry the fields Address, Username, Quota, Password, Confirmation. On success a job creates the mailbox; until it exists,
    /// the address answers 450.
    /// </summary>
    public async Task<Result<Account>> CreateAsync(NewAccount request, Actor actor, CancellationToken cancellationToken = default) =>
        await (await PlanCreationAsync(request, actor, cancellationToken)).MakeAsync(cancellationToken);

    /// <summary>The same as a planned change.</summary>
    /// <inheritdoc cref="CreateAsync(NewAccount, Actor, CancellationToken)"/>
    public async Task<PlannedChange<Account>> PlanCreationAsync(
        NewAccount request, Actor actor, CancellationToken cancellationToken = default)
    {
        var weak = PasswordRules.Check(
            request.Password, request.Confirmation, [request.LocalPart.Value, .. request.LocalPart.Value.Split('.', '-', '_')]);
        var onServer = await freeNames.TakenAsync(request.DomainId, request.LocalPart, request.Username, cancellationToken);
        if (weak.Count > 0) return new(database, actor, write => WithLimitsAsync(write, request, onServer, weak));
        var hash = await queue.RunAsync(() => hasher.Hash(request.Password!), cancellationToken);
        return new(database, actor, write => creation.CreateAsync(write, request, onServer, hash));
    }

    /// <summary>
    /// Problems carry the fields Password, Confirmation and Reason. Mail sessions opened with the old password are ended.
    /// </summary>
    /// <param name="reason">Recorded in the audit; support has to give one, since it acts for somebody else.</param>
    public async Task<Result<Account>> ChangePasswordAsync(
        long id, string? password, string? confirmation, Actor actor, string? reason = null,
        CancellationToken cancellationToken = default) =>
        await (await PlanPasswordAsync(id, password, confirmation, actor, reason, cancellationToken)).MakeAsync(cancellationToken);

    /// <summary>The same as a planned change.</summary>
    /// <inheritdoc cref="ChangePasswordAsync"/>
    public async Task<PlannedChange<Account>> PlanPasswordAsync(
        long id, string? password, string? confirmation, Actor actor, string? reason = null, CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        var names = await context.Addresses.Where(a => a.AccountId == id).Select(a => a.LocalPart).ToListAsync(cancellationToken);
        List<Problem> problems = [.. ResetReason.Check(reason, password, actor),
            .. PasswordRules.Check(password, confirmation, names.Select(n => n.Value))];
        if (problems.Count > 0) return new(database, actor, _ => Task.FromResult<Result<Account>>(problems));
        var given = ResetReason.Of(reason);
        var hash = await queue.RunAsync(() => hasher.Hash(password!), cancellationToken);
        return database.PlanAccountChange(id, null, actor, async (write, account) =>
        {
            await SetHashAsync(write, account, hash, given);
            return null;
        }, Permission.ResetPassword);
    }

    /// <summary>
    /// Problems carry the field Quota; null means no limit. A quota below the current usage is accepted: nothing is deleted, new mail
    /// waits.
    /// </summary>
    public Task<Result<Account>> ChangeQuotaAsync(
        long id, long version, Quota? quota, Actor actor, CancellationToken cancellationToken = default) =>
        PlanQuota(id, version, quota, actor).MakeAsync(cancellationToken);

    /// <summary>The same as a planned change.</summary>
    /// <inheritdoc cref="ChangeQuotaAsync"/>
    public PlannedChange<Account> PlanQuota(long id, long version, Quota? quota, Actor actor) =>
        database.PlanAccountChange(id, version, actor, (write, account) => SetQuotaAsync(write, account, quota));

    /// <summary>
    /// Hides the account: logins and mail are refused immediately, open sessions end, and it can be restored until it is purged.
    /// <paramref name="forGood"/> purges it immediately (manual: no way back), which only a superuser may do.
    /// </summary>
    /// <param name="version">The version that the page showed, or null to accept any.</param>
    public Task<Result<Account>> DeleteAsync(
        long id, long? version, bool forGood, Actor actor, CancellationToken cancellationToken = default) =>
        PlanDeletion(id, version, forGood, actor).MakeAsync(cancellationToken);

    /// <summary>The same as a planned change.</summary>
    /// <inheritdoc cref="DeleteAsync"/>
    public PlannedChange<Account> PlanDeletion(long id, long? version, bool forGood, Actor actor) =>
        database.PlanAccountChange(id, version, actor, async (write, account) =>
        {
            if (forGood) actor.Require(Permission.EditDomains, account.DomainId);
            write.Record(
                "account.deleted", account.Domain!, account.Username.Value, new { account.State, KiB = account.Quota?.KiB },
                new { forGood });
            if (account.State != AccountState.Deleted) await HideAsync(write, account);
            if (forGood) await AccountRemoval.RetireAsync(write, [account], account.Domain!.StoreId);
            else await write.EnqueueAsync(JobKind.SignOut, account.Id);
            await PasswordLinkService.ReplaceAsync(write, account.Id);
            return null;
        }, evenDeleted: forGood);

    /// <summary>
    /// Restores a hidden account with everything in it, if its domain has room for it. An address that was given away in the meantime is
    /// not restored.
    /// </summary>
    public Task<Result<Account>> RestoreAsync(long id, Actor actor, CancellationToken cancellationToken = default) =>
        PlanRestoration(id, actor).MakeAsync(cancellationToken);

    /// <summary>The same as a planned change.</summary>
    /// <inheritdoc cref="RestoreAsync"/>
    public PlannedChange<Account> PlanRestoration(long id, Actor actor) =>
        database.PlanAccountChange(id, null, actor, async (write, account) =>
        {
            if (account.State != AccountState.Deleted) return null;
            var domain = account.Domain!;
            if (!await AccountRules.TakePlaceAsync(write.Context, domain.Id))
                return DomainProblems.AccountsFull(domain.AccountCount, domain.MaxAccounts ?? 0);
            // The superuser's permission to exceed the domain's maximum is not asked for again; the domain's total still applies.
            if (await AccountRules.AllocateAsync(write.Context, domain, null, account.Quota, Actor.Panel) is { } full) return full;
            (account.State, account.DeletedAt, account.PurgeAt) = (
                account.WasSuspended ? AccountState.Suspended : AccountState.Active, null, null);
            if (account.Addresses.Count > 0 && !account.Addresses.Any(a => a.IsPrimary))
                account.Addresses.MinBy(a => a.Id)!.IsPrimary = true;
            await write.EnqueueAsync(JobKind.Mailbox, account.Id);
            write.Record("account.restored", domain, account.Username.Value);
            return null;
        }, evenDeleted: true);

    /// <summary>Purges the accounts that are due.</summary>
    public async Task PurgeDueAsync(CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        var now = database.Now;
        var due = await context.Accounts.Where(a => a.State == AccountState.Deleted && a.PurgeAt <= now).Select(a => a.Id)
            .ToListAsync(cancellationToken);
        foreach (var id in due)
        {
            await database.ChangeAccountAsync(id, null, Actor.Panel, async (write, account) =>
            {
                // Restored in the meantime.
                if (account.State != AccountState.Deleted) return null;
                write.Record("account.purged", account.Domain!, account.Username.Value);
                await AccountRemoval.RetireAsync(write, [account], account.Domain!.StoreId);
                return null;
            }, evenDeleted: true, cancellationToken: cancellationToken);
        }
    }

    internal static async Task SetHashAsync(MailWrite write, Account account, string hash, string? reason)
    {
        (account.PasswordHash, account.PasswordChangedAt) = (hash, write.Now);
        await PasswordLinkService.ReplaceAsync(write, account.Id);
        await write.EnqueueAsync(JobKind.SignOut, account.Id);
        write.Record(
            "account.password-changed", account.Domain!, account.Username.Value, after: reason is null ? null : new { Reason = reason });
    }

    internal static async Task<Problem?> SetQuotaAsync(MailWrite write, Account account, Quota? quota)
    {
        var before = account.Quota;
        if (await AccountRules.AllocateAsync(write.Context, account.Domain!, before, quota, write.Actor) is { } problem)
            return problem.At("Quota");
        account.Quota = quota;
        await write.EnqueueAsync(JobKind.Mailbox, account.Id);
        write.Record("account.quota-changed", account.Domain!, account.Username.Value, new { KiB = before?.KiB }, new { KiB = quota?.KiB });
        return null;
    }

    private static async Task HideAsync(MailWrite write, Account account)
    {
        await AccountRules.ReleasePlaceAsync(write.Context, account);
        var days = await write.Context.Hosters.Select(h => (int?)h.UndeleteDays).SingleOrDefaultAsync() ?? Hoster.DefaultUndeleteDays;
        account.WasSuspended = account.State == AccountState.Suspended;
        (account.State, account.DeletedAt, account.PurgeAt) = (AccountState.Deleted, write.Now, write.Now.AddDays(days));
    }

    // A weak password is reported together with the other problems, so that nobody has to correct a form three times; nothing is written
    // here.
    private async Task<Result<Account>> WithLimitsAsync(
        MailWrite write, NewAccount request, IReadOnlySet<Username> onServer, IReadOnlyList<Problem> weak)
    {
        var tried = await creation.CreateAsync(write, request, onServer, "");
        return tried.Succeeded ? new List<Problem>(weak) : [.. tried.Problems, .. weak];
    }
}
