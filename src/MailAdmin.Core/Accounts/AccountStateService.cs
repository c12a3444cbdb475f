using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Previews;
using MailAdmin.Core.Results;

namespace MailAdmin.Core.Accounts;

/// <summary>What an account may use, and whether it may at all.</summary>
public sealed class AccountStateService(MailDatabase database)
{
    /// <summary>Sets the services. Whoever is signed in to one that goes is signed out of all; what stays takes them back.</summary>
    public Task<Result<Account>> ChangeServicesAsync(long id, long version, MailProtocols services, Actor actor) =>
        database.ChangeAccountAsync(id, version, actor, async (write, account) =>
        {
            var before = account.Services;
            if (before == services) return null;
            account.Services = services;
            // Receiving is no sign-in.
            if ((before & ~services & ~MailProtocols.Receiving) != MailProtocols.None)
                await write.EnqueueAsync(OutboxKind.SignOut, account.Id);
            write.Record(
                "account.services-changed", account.Domain!, account.Username.Value, new { Services = before }, new { account.Services });
            return null;
        });

    /// <summary>
    /// Nobody signs in any more, and who is signed in is signed out; everything is kept. Mail is held by its senders (450) or refused
    /// (550), never given to somebody else.
    /// </summary>
    public Task<Result<Account>> SuspendAsync(long id, long version, bool holdsMail, Actor actor) =>
        PlanSuspension(id, version, holdsMail, actor).MakeAsync();

    /// <summary>The same, to be shown before it is made.</summary>
    /// <inheritdoc cref="SuspendAsync"/>
    public PlannedChange<Account> PlanSuspension(long id, long version, bool holdsMail, Actor actor) =>
        database.PlanAccountChange(id, version, actor, async (write, account) =>
        {
            var before = new { account.State, account.HoldsMail };
            (account.State, account.HoldsMail) = (AccountState.Suspended, holdsMail);
            await write.EnqueueAsync(OutboxKind.SignOut, account.Id);
            write.Record("account.suspended", account.Domain!, account.Username.Value, before, new { account.State, account.HoldsMail });
            return null;
        });

    /// <summary>Signing in and mail work again. One that is not suspended stays as it is.</summary>
    public Task<Result<Account>> ResumeAsync(long id, long version, Actor actor) =>
        database.ChangeAccountAsync(id, version, actor, (write, account) =>
        {
            if (account.State != AccountState.Suspended) return Task.FromResult<Problem?>(null);
            var before = new { account.State, account.HoldsMail };
            (account.State, account.HoldsMail) = (AccountState.Active, false);
            write.Record("account.resumed", account.Domain!, account.Username.Value, before, new { account.State, account.HoldsMail });
            return Task.FromResult<Problem?>(null);
        });
}
