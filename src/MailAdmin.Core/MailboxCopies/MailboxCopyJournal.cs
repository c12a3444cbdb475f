using MailAdmin.Core.Accounts;
using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.MailboxCopies;

/// <summary>
/// What the engine records of its copies: a copy goes on where it was after a restart of the panel, on this node or on another one.
/// </summary>
public sealed class MailboxCopyJournal(MailDatabase database, SourceSecrets secrets)
{
    /// <summary>More rows help nobody; the number of failures goes on counting.</summary>
    public const int MaxProblems = 2000;

    /// <summary>Claims copies that are due, oldest first. A node that dies loses them when its lease ends.</summary>
    /// <param name="node">The name of this node.</param>
    /// <param name="limit">How many more this node carries out.</param>
    /// <param name="perHost">How many connections one other server gets from all nodes.</param>
    /// <param name="lease">How long the claim holds without <see cref="KeepAsync"/>.</param>
    /// <param name="cancellationToken">Stops the claim.</param>
    public async Task<IReadOnlyList<CopyAttempt>> ClaimAsync(
        string node, int limit, int perHost, TimeSpan lease, CancellationToken cancellationToken)
    {
        await using (var reading = database.Open())
        {
            if (!await Due(reading).AnyAsync(cancellationToken)) return [];
        }
        return await database.ExecuteWithoutAuditAsync<IReadOnlyList<CopyAttempt>>(async context =>
        {
            var now = database.Now;
            var due = await Due(context).Include(c => c.Account).OrderBy(c => c.DueAt).ThenBy(c => c.Id).ToListAsync(cancellationToken);
            var busy = await context.MailboxCopies.Where(c => c.State == MailboxCopyState.Running && c.LeasedUntil > now)
                .GroupBy(c => c.Host).Select(g => new { Host = g.Key, Count = g.Count() })
                .ToDictionaryAsync(g => g.Host, g => g.Count, StringComparer.Ordinal, cancellationToken);
            var claimed = new List<CopyAttempt>();
            foreach (var copy in due)
            {
                if (copy.Account!.State == AccountState.Deleted) End(copy, MailboxCopyState.Cancelled);
                else if (claimed.Count < limit && busy.GetValueOrDefault(copy.Host) < perHost)
                {
                    busy[copy.Host] = busy.GetValueOrDefault(copy.Host) + 1;
                    claimed.Add(Claim(copy, node, lease));
                }
            }
            var ids = claimed.ConvertAll(c => c.CopyId);
            // What could not be copied is tried again now.
            await context.MailboxCopyProblems.Where(p => ids.Contains(p.CopyId)).ExecuteDeleteAsync(cancellationToken);
            return claimed;
        }, cancellationToken);
    }

    /// <summary>Extends the leases of this node.</summary>
    /// <returns>The copies that go on; somebody paused or cancelled the others.</returns>
    public Task<IReadOnlySet<long>> KeepAsync(
        string node, IReadOnlyCollection<long> copies, TimeSpan lease, CancellationToken cancellationToken) =>
        database.ExecuteWithoutAuditAsync<IReadOnlySet<long>>(async context =>
        {
            var until = database.Now + lease;
            var own = context.MailboxCopies.Where(
                c => copies.Contains(c.Id) && c.State == MailboxCopyState.Running && c.LeasedBy == node);
            var ids = await own.Select(c => c.Id).ToListAsync(cancellationToken);
            await own.ExecuteUpdateAsync(set => set.SetProperty(c => c.LeasedUntil, until), cancellationToken);
            return ids.ToHashSet();
        }, cancellationToken);

    /// <summary>The folders that earlier runs have copied.</summary>
    public async Task<IReadOnlyList<MailboxCopyFolder>> FoldersAsync(long copyId, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        return await context.MailboxCopyFolders.Where(f => f.CopyId == copyId).OrderBy(f => f.Id).ToListAsync(cancellationToken);
    }

    /// <summary>
    /// Saves how far a copy is. What is in the mailbox here has to be recorded even if the copy has been paused or cancelled meanwhile.
    /// </summary>
    /// <param name="copyId">The copy.</param>
    /// <param name="folder">A folder whose state has changed, or null; a new one gets its id.</param>
    /// <param name="problems">Found since the last call.</param>
    /// <param name="progress">The figures of all folders together.</param>
    /// <param name="cancellationToken">Stops the transaction.</param>
    public Task SaveAsync(
        long copyId, MailboxCopyFolder? folder, IReadOnlyList<MailboxCopyProblem> problems, CopyProgress progress,
        CancellationToken cancellationToken) =>
        database.ExecuteWithoutAuditAsync(async context =>
        {
            if (await context.MailboxCopies.SingleOrDefaultAsync(c => c.Id == copyId, cancellationToken) is not { } copy) return false;
            if (folder is { Id: 0 }) context.MailboxCopyFolders.Add(folder);
            else if (folder is not null) await UpdateAsync(context, folder, cancellationToken);
            Set(copy, progress);
            if (problems.Count > 0)
            {
                var room = MaxProblems - await context.MailboxCopyProblems.CountAsync(p => p.CopyId == copyId, cancellationToken);
                context.MailboxCopyProblems.AddRange(problems.Take(Math.Max(room, 0)));
            }
            await context.SaveChangesAsync(cancellationToken);
            if (folder is not null) context.Entry(folder).State = EntityState.Detached;
            return true;
        }, cancellationToken);

    /// <summary>All folders have been copied.</summary>
    public Task FinishAsync(long copyId, CancellationToken cancellationToken) =>
        ChangeRunningAsync(copyId, copy => End(copy, MailboxCopyState.Finished), cancellationToken);

    /// <summary>The attempt failed.</summary>
    /// <param name="copyId">The copy.</param>
    /// <param name="failure">Why.</param>
    /// <param name="text">The server's own words, or null.</param>
    /// <param name="retryAt">When it is tried again; null if somebody has to change something first.</param>
    /// <param name="cancellationToken">Stops the transaction.</param>
    public Task FailAsync(
        long copyId, CopyFailure failure, string? text, DateTimeOffset? retryAt, CancellationToken cancellationToken) =>
        ChangeRunningAsync(copyId, copy =>
        {
            if (retryAt is null) End(copy, MailboxCopyState.Failed);
            else (copy.State, copy.DueAt) = (MailboxCopyState.Waiting, retryAt.Value);
            (copy.Failure, copy.FailureText) = (failure, text);
            copy.Attempts++;
        }, cancellationToken);

    /// <summary>
    /// This node does nothing more for a copy. Until then nobody else begins with it, even if it was paused and resumed meanwhile. If the
    /// copy was to go on (the panel stops), it waits for a node.
    /// </summary>
    public Task LeaveAsync(long copyId, string node, CancellationToken cancellationToken) =>
        database.ExecuteWithoutAuditAsync(async context =>
        {
            var copy = await context.MailboxCopies.SingleOrDefaultAsync(c => c.Id == copyId && c.LeasedBy == node, cancellationToken);
            if (copy is null) return false;
            (copy.LeasedBy, copy.LeasedUntil) = (null, null);
            if (copy.State == MailboxCopyState.Running) copy.State = MailboxCopyState.Waiting;
            return true;
        }, cancellationToken);

    /// <summary>Ends a copy in memory: its password is gone with the next save.</summary>
    internal void End(MailboxCopy copy, MailboxCopyState state)
    {
        (copy.State, copy.EndedAt, copy.Secret, copy.Folder) = (state, database.Now, null, null);
        (copy.MessageRate, copy.OctetRate) = (0, 0);
        if (state != MailboxCopyState.Failed) (copy.Failure, copy.FailureText) = (null, null);
    }

    private IQueryable<MailboxCopy> Due(MailContext context)
    {
        var now = database.Now;
        return context.MailboxCopies.Where(c => (c.LeasedUntil == null || c.LeasedUntil <= now)
            && ((c.State == MailboxCopyState.Waiting && c.DueAt <= now) || c.State == MailboxCopyState.Running));
    }

    private CopyAttempt Claim(MailboxCopy copy, string node, TimeSpan lease)
    {
        (copy.State, copy.LeasedBy, copy.LeasedUntil) = (MailboxCopyState.Running, node, database.Now + lease);
        copy.StartedAt ??= database.Now;
        copy.Failures = 0;
        var secret = copy.Secret is { } text ? secrets.Open(text, copy.AccountId) : null;
        var source = secret is null ? null : new MailboxSource(
            copy.Host, copy.Port, copy.Security, copy.AcceptsAnyCertificate, copy.Authentication, copy.User, copy.ProxyUser, secret,
            copy.ReachesPrivateNetworks);
        return new(copy.Id, new(copy.Account!.Username, copy.Account.MailboxId), source, copy.FollowsDeletions, copy.Attempts);
    }

    private Task<bool> ChangeRunningAsync(long copyId, Action<MailboxCopy> change, CancellationToken cancellationToken) =>
        database.ExecuteWithoutAuditAsync(async context =>
        {
            if (await context.MailboxCopies.SingleOrDefaultAsync(
                c => c.Id == copyId && c.State == MailboxCopyState.Running, cancellationToken) is { } copy) change(copy);
            return true;
        }, cancellationToken);

    private static Task<int> UpdateAsync(MailContext context, MailboxCopyFolder folder, CancellationToken cancellationToken) =>
        context.MailboxCopyFolders.Where(f => f.Id == folder.Id).ExecuteUpdateAsync(
            set => set.SetProperty(f => f.Target, folder.Target).SetProperty(f => f.SourceValidity, folder.SourceValidity)
                .SetProperty(f => f.TargetValidity, folder.TargetValidity).SetProperty(f => f.TargetNext, folder.TargetNext)
                .SetProperty(f => f.Messages, folder.Messages), cancellationToken);

    private static void Set(MailboxCopy copy, CopyProgress progress)
    {
        (copy.TotalMessages, copy.TotalOctets) = (progress.TotalMessages, progress.TotalOctets);
        (copy.Messages, copy.Octets, copy.Failures) = (progress.Messages, progress.Octets, progress.Failures);
        copy.CopiedMessages += progress.CopiedMessages;
        copy.CopiedOctets += progress.CopiedOctets;
        if (copy.State == MailboxCopyState.Running)
            (copy.MessageRate, copy.OctetRate, copy.Folder) = (progress.MessageRate, progress.OctetRate, progress.Folder);
        // It goes on, so the next failure is a first one again.
        if (progress.CopiedMessages > 0) copy.Attempts = 0;
    }
}
