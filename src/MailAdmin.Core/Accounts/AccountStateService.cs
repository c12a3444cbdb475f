using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Previews;
using MailAdmin.Core.Results;

namespace MailAdmin.Core.Accounts;

/// <summary>The services of an account, and its suspension.</summary>
public sealed class AccountStateService(MailDatabase database)
{
    /// <summary>
    /// Sets the services. If a service is removed, the user is signed out of all of them and can sign in again to the others.
    /// </summary>
    public Task<Result<Account>> ChangeServicesAsync(
        long id, long version, MailProtocols services, Actor actor, CancellationToken cancellationToken = default) =>
        database.ChangeAccountAsync(id, version, actor, async (write, account) =>
        {
            var before = account.Services;
            if (before == services) return null;
            account.Services = services;
            // Receiving has no sessions.
            if ((before & ~services & ~MailProtocols.Receiving) != MailProtocols.None)
                await write.EnqueueAsync(JobKind.SignOut, account.Id);
            write.Record(
                "account.services-changed", account.Domain!, account.Username.Value, new { Services = before }, new { account.Services });
            return null;
        }, cancellationToken: cancellationToken);

    /// <summary>
    /// Suspends the account: its user can no longer sign in and is signed out; everything is kept. Mail is deferred (450) or refused (550),
    /// and never delivered to somebody else.
    /// </summary>
    public Task<Result<Account>> SuspendAsync(
        long id, long version, bool holdsMail, Actor actor, CancellationToken cancellationToken = default) =>
        PlanSuspension(id, version, holdsMail, actor).MakeAsync(cancellationToken);

    /// <summary>The same as a planned change.</summary>
    /// <inheritdoc cref="SuspendAsync"/>
    public PlannedChange<Account> PlanSuspension(long id, long version, bool holdsMail, Actor actor) =>
        database.PlanAccountChange(id, version, actor, async (write, account) =>
        {
            var before = new { account.State, account.HoldsMail };
            (account.State, account.HoldsMail) = (AccountState.Suspended, holdsMail);
            await write.EnqueueAsync(JobKind.SignOut, account.Id);
            write.Record("account.suspended", account.Domain!, account.Username.Value, before, new { account.State, account.HoldsMail });
            return null;
        });

    /// <summary>Allows sign-in and mail again. An account that is not suspended stays as it is.</summary>
    public Task<Result<Account>> ResumeAsync(long id, long version, Actor actor, CancellationToken cancellationToken = default) =>
        PlanResumption(id, version, actor).MakeAsync(cancellationToken);

    /// <summary>The same as a planned change.</summary>
    /// <inheritdoc cref="ResumeAsync"/>
    public PlannedChange<Account> PlanResumption(long id, long version, Actor actor) =>
        database.PlanAccountChange(id, version, actor, (write, account) =>
        {
            if (account.State != AccountState.Suspended) return Task.FromResult<Problem?>(null);
            var before = new { account.State, account.HoldsMail };
            (account.State, account.HoldsMail) = (AccountState.Active, false);
            write.Record("account.resumed", account.Domain!, account.Username.Value, before, new { account.State, account.HoldsMail });
            return Task.FromResult<Problem?>(null);
        });
}
