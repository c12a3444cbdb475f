using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Previews;
using MailAdmin.Core.Results;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.MailboxCopies;

/// <summary>Starts, pauses, resumes and cancels copies of mailboxes on other servers. The engine carries them out.</summary>
public sealed class MailboxCopyService(MailDatabase database, MailboxCopyRules rules, MailboxCopyJournal journal, SourceSecrets secrets)
{
    /// <summary>
    /// Starts a copy, or runs an earlier one again: then only what is new is copied. Problems carry the fields of
    /// <see cref="MailboxCopyRules.Check"/>.
    /// </summary>
    public PlannedChange<MailboxCopy> PlanStart(long accountId, SourceRequest request, bool followsDeletions, Actor actor) =>
        new(database, actor, async write =>
        {
            var source = rules.Check(request, actor);
            return source.Succeeded ? await StartAsync(write, accountId, source.Value, followsDeletions) : source.Problems.ToList();
        });

    /// <summary>Carries out <see cref="PlanStart"/>.</summary>
    public Task<Result<MailboxCopy>> StartAsync(
        long accountId, SourceRequest request, bool followsDeletions, Actor actor, CancellationToken cancellationToken = default) =>
        PlanStart(accountId, request, followsDeletions, actor).MakeAsync(cancellationToken);

    /// <summary>Pauses, resumes or cancels a copy. What has been copied stays.</summary>
    public PlannedChange<MailboxCopy> Plan(long accountId, CopyAction action, Actor actor) => new(database, actor, async write =>
    {
        var copy = await write.Context.MailboxCopies.Include(c => c.Account!.Domain).SingleOrDefaultAsync(c => c.AccountId == accountId);
        if (copy is null) return MailboxCopyProblems.NotOpen;
        actor.Require(Permission.EditMail, copy.Account!.DomainId);
        var problem = action switch
        {
            CopyAction.Pause => Pause(copy),
            CopyAction.Resume => Resume(copy),
            _ => Cancel(copy),
        };
        if (problem is not null) return problem;
        var (domain, username) = (copy.Account.Domain!, copy.Account.Username.Value);
        if (action == CopyAction.Pause) write.Record("copy.paused", domain, username);
        else if (action == CopyAction.Resume) write.Record("copy.resumed", domain, username);
        else write.Record("copy.cancelled", domain, username);
        return copy;
    });

    /// <summary>Stops a copy until it is resumed.</summary>
    public Task<Result<MailboxCopy>> PauseAsync(long accountId, Actor actor, CancellationToken cancellationToken = default) =>
        Plan(accountId, CopyAction.Pause, actor).MakeAsync(cancellationToken);

    /// <summary>Lets a paused copy go on.</summary>
    public Task<Result<MailboxCopy>> ResumeAsync(long accountId, Actor actor, CancellationToken cancellationToken = default) =>
        Plan(accountId, CopyAction.Resume, actor).MakeAsync(cancellationToken);

    /// <summary>Ends a copy and forgets its password. A later run goes on from there.</summary>
    public Task<Result<MailboxCopy>> CancelAsync(long accountId, Actor actor, CancellationToken cancellationToken = default) =>
        Plan(accountId, CopyAction.Cancel, actor).MakeAsync(cancellationToken);

    /// <summary>
    /// Starts a copy for many accounts of a domain, all from one server, with an administrator's password there or one that all share.
    /// Accounts whose copy is under way are left as they are. Problems also carry the field Accounts.
    /// </summary>
    /// <param name="domainId">The domain.</param>
    /// <param name="request">The server; its user is replaced for each account.</param>
    /// <param name="names">How the other server names its users.</param>
    /// <param name="accounts">Addresses, local parts or usernames, one a line; empty for all accounts.</param>
    /// <param name="followsDeletions">See <see cref="MailboxCopy.FollowsDeletions"/>.</param>
    /// <param name="actor">Who starts them.</param>
    /// <param name="cancellationToken">Stops between two accounts.</param>
    /// <returns>How many were started.</returns>
    public async Task<Result<StartedCopies>> StartManyAsync(
        long domainId, SourceRequest request, SourceUserNames names, string? accounts, bool followsDeletions, Actor actor,
        CancellationToken cancellationToken = default)
    {
        actor.Require(Permission.EditMail, domainId);
        var source = rules.Check(request with { User = "everybody" }, actor);
        if (!source.Succeeded) return source.Problems.ToList();
        var found = await MailboxCopyTargets.FindAsync(database, domainId, accounts, cancellationToken);
        if (!found.Succeeded) return found.Problems.ToList();
        var started = 0;
        foreach (var target in found.Value)
        {
            var one = await StartAsync(target.Id, request with { User = target.NameBy(names) }, followsDeletions, actor, cancellationToken);
            if (one.Succeeded) started++;
        }
        return new StartedCopies(started, found.Value.Count - started);
    }

    private async Task<Result<MailboxCopy>> StartAsync(MailWrite write, long accountId, MailboxSource source, bool followsDeletions)
    {
        var account = await write.Context.Accounts.Include(a => a.Domain)
            .SingleOrDefaultAsync(a => a.Id == accountId && a.State != AccountState.Deleted);
        if (account is null) return AccountProblems.NotFound;
        write.Actor.Require(Permission.EditMail, account.DomainId);
        if (!account.MailboxReady) return MailboxCopyProblems.MailboxNotReady;
        var copy = await write.Context.MailboxCopies.SingleOrDefaultAsync(c => c.AccountId == accountId);
        if (copy is { IsOpen: true }) return MailboxCopyProblems.AlreadyOpen;
        if (copy is not null && (copy.Host != source.Host || copy.Port != source.Port || copy.User != source.User))
            await write.Context.MailboxCopyFolders.Where(f => f.CopyId == copy.Id).ExecuteDeleteAsync();
        if (copy is null) write.Context.MailboxCopies.Add(copy = new() { AccountId = accountId, Host = source.Host, User = source.User });
        Set(copy, source, followsDeletions, write.Now);
        copy.Secret = secrets.Seal(source.Secret, accountId);
        write.Record("copy.started", account.Domain!, account.Username.Value, after: new
        {
            source.Host,
            source.Port,
            source.User,
            source.ProxyUser,
            FollowsDeletions = followsDeletions,
        });
        return copy;
    }

    private static void Set(MailboxCopy copy, MailboxSource source, bool followsDeletions, DateTimeOffset now)
    {
        (copy.Host, copy.Port, copy.User, copy.ProxyUser) = (source.Host, source.Port, source.User, source.ProxyUser);
        (copy.Security, copy.AcceptsAnyCertificate) = (source.Security, source.AcceptsAnyCertificate);
        (copy.Authentication, copy.ReachesPrivateNetworks) = (source.Authentication, source.ReachesPrivateNetworks);
        (copy.FollowsDeletions, copy.State, copy.RequestedAt, copy.DueAt) = (followsDeletions, MailboxCopyState.Waiting, now, now);
        (copy.StartedAt, copy.EndedAt, copy.Attempts, copy.Failure, copy.FailureText) = (null, null, 0, null, null);
        (copy.Messages, copy.Octets, copy.TotalMessages, copy.TotalOctets) = (0, 0, 0, 0);
        (copy.CopiedMessages, copy.CopiedOctets, copy.Failures) = (0, 0, 0);
    }

    private static Problem? Pause(MailboxCopy copy)
    {
        if (!copy.IsOpen || copy.State == MailboxCopyState.Paused) return MailboxCopyProblems.NotOpen;
        (copy.State, copy.MessageRate, copy.OctetRate) = (MailboxCopyState.Paused, 0, 0);
        return null;
    }

    private Problem? Resume(MailboxCopy copy)
    {
        if (copy.State != MailboxCopyState.Paused) return MailboxCopyProblems.NotPaused;
        (copy.State, copy.DueAt, copy.Attempts) = (MailboxCopyState.Waiting, database.Now, 0);
        return null;
    }

    private Problem? Cancel(MailboxCopy copy)
    {
        if (!copy.IsOpen) return MailboxCopyProblems.NotOpen;
        journal.End(copy, MailboxCopyState.Cancelled);
        return null;
    }
}

/// <summary>What can be done to a copy that is under way.</summary>
public enum CopyAction
{
    Pause,
    Resume,

    /// <summary>It ends, and its password is deleted.</summary>
    Cancel,
}
