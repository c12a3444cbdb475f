using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Outbox;

/// <summary>The outcome of a job.</summary>
/// <param name="Error">The server's own message, or null if the job is done.</param>
/// <param name="Refused">The server refused, rather than being unavailable.</param>
/// <param name="RetryAt">When to try again after an error.</param>
public sealed record JobOutcome(ProvisioningJob Job, string? Error = null, bool Refused = false, DateTimeOffset RetryAt = default)
{
    /// <summary>The mailbox that now matches; null for other kinds.</summary>
    public MailboxOutcome? Mailbox { get; init; }

    /// <inheritdoc cref="ProvisioningJob.IsConflict"/>
    public bool IsConflict { get; init; }
}

/// <summary>A mailbox that matches its account.</summary>
/// <param name="Requested">The mailbox id that the account had when it was read.</param>
/// <param name="Met">The mailbox id that the server reports, or null if it reports none.</param>
/// <param name="FolderRefusal">The server's message about default folders that it refused, or null.</param>
public sealed record MailboxOutcome(MailboxId? Requested, MailboxId? Met, string? FolderRefusal);

/// <summary>
/// The queue between the database and the servers. Several workers may share it: a lease reserves each job for one of them.
/// </summary>
public sealed class OutboxRepository(MailDatabase database)
{
    // No lease and no pause after a failure lasts longer than this, even if the clocks of several hosts differ.
    private static readonly TimeSpan Longest = TimeSpan.FromHours(2);

    /// <summary>Claims jobs that are due, oldest first. A worker that dies loses them when its lease ends.</summary>
    public Task<List<ProvisioningJob>> ClaimAsync(string worker, int limit, TimeSpan lease, CancellationToken cancellationToken) =>
        database.ExecuteWithoutAuditAsync(async context =>
        {
            var now = database.Now;
            var jobs = await context.Jobs.AsNoTracking()
                .Where(t => t.DueAt <= now && (t.LeasedUntil == null || t.LeasedUntil <= now))
                .OrderBy(t => t.DueAt).ThenBy(t => t.Id).Take(limit).ToListAsync(cancellationToken);
            if (jobs.Count == 0) return jobs;
            var ids = jobs.ConvertAll(t => t.Id);
            await context.Jobs.Where(t => ids.Contains(t.Id)).ExecuteUpdateAsync(
                set => set.SetProperty(t => t.LeasedBy, worker).SetProperty(t => t.LeasedUntil, now + lease), cancellationToken);
            foreach (var job in jobs) (job.LeasedBy, job.LeasedUntil) = (worker, now + lease);
            return jobs;
        }, cancellationToken);

    /// <summary>Releases the jobs of dead workers, so that they need not wait until the leases end.</summary>
    public Task ReleaseAsync(Func<string, bool> isDead, CancellationToken cancellationToken) =>
        database.ExecuteWithoutAuditAsync(async context =>
        {
            var workers = await context.Jobs.Where(t => t.LeasedBy != null).Select(t => t.LeasedBy!).Distinct()
                .ToListAsync(cancellationToken);
            var dead = workers.Where(isDead).ToList();
            return await context.Jobs.Where(t => t.LeasedBy != null && dead.Contains(t.LeasedBy))
                .ExecuteUpdateAsync(
                    set => set.SetProperty(t => t.LeasedBy, (string?)null)
                        .SetProperty(t => t.LeasedUntil, (DateTimeOffset?)null), cancellationToken);
        }, cancellationToken);

    /// <summary>Number of attempts; null if the job is done, or never existed.</summary>
    public async Task<int?> AttemptsAsync(JobKind kind, long subjectId, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        return await context.Jobs.Where(t => t.Kind == kind && t.SubjectId == subjectId).Select(t => (int?)t.Attempts)
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>The same for the removal of a mailbox.</summary>
    public async Task<int?> RemovalAttemptsAsync(Username username, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        return await context.Jobs.Where(
            t => t.Kind == JobKind.Removal && context.RetiredUsernames.Any(r => r.Id == t.SubjectId && r.Username == username))
            .Select(t => (int?)t.Attempts).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>When the next job is due that no worker has claimed, or null if there is none.</summary>
    public async Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        return await context.Jobs.OrderBy(t => t.DueAt)
            .Select(t => (DateTimeOffset?)(t.LeasedUntil > t.DueAt ? t.LeasedUntil : t.DueAt)).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>
    /// Records outcomes in one transaction: a job that is done is deleted, unless it was renewed in the meantime; a mailbox that exists
    /// now is published in the maps.
    /// </summary>
    public Task RecordAsync(IReadOnlyList<JobOutcome> outcomes, CancellationToken cancellationToken) =>
        database.WriteAsync(Actor.Panel, async write =>
        {
            var ids = outcomes.Select(o => o.Job.Id).ToList();
            var present = await write.Context.Jobs.Where(t => ids.Contains(t.Id)).ToDictionaryAsync(t => t.Id, cancellationToken);
            await RecordMailboxesAsync(write, outcomes, cancellationToken);
            var fulfilled = new List<long>();
            foreach (var outcome in outcomes)
            {
                if (present.GetValueOrDefault(outcome.Job.Id) is not { } job) continue;
                if (IsFulfilled(job, outcome)) fulfilled.Add(job.Id);
                else Record(job, outcome);
            }
            // Delete all with one statement: the change tracker would send one for each.
            await write.Context.Jobs.Where(t => fulfilled.Contains(t.Id)).ExecuteDeleteAsync(cancellationToken);
        }, cancellationToken);

    /// <summary>The server is available again: jobs that waited only for it become due now.</summary>
    public Task RetryDeferredAsync(CancellationToken cancellationToken) =>
        database.ExecuteWithoutAuditAsync(
            context => context.Jobs.Where(t => t.LastError != null && !t.Refused && t.LeasedUntil == null)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.DueAt, database.Now), cancellationToken), cancellationToken);

    /// <summary>
    /// The clock was ahead for a while and has been corrected: jobs written in the meantime would wait until the wrong time comes. They
    /// become due now.
    /// </summary>
    public Task SetClockRightAsync(CancellationToken cancellationToken) =>
        database.ExecuteWithoutAuditAsync(context =>
        {
            var (now, latest) = (database.Now, database.Now + Longest);
            return context.Jobs.Where(t => t.LeasedUntil > latest || t.CreatedAt > latest || (t.Attempts > 0 && t.DueAt > latest))
                .ExecuteUpdateAsync(set => set.SetProperty(t => t.DueAt, now).SetProperty(t => t.CreatedAt, now)
                    .SetProperty(t => t.LeasedBy, (string?)null).SetProperty(t => t.LeasedUntil, (DateTimeOffset?)null), cancellationToken);
        }, cancellationToken);

    private static async Task RecordMailboxesAsync(MailWrite write, IReadOnlyList<JobOutcome> outcomes, CancellationToken cancellationToken)
    {
        var made = outcomes.Where(o => o is { Error: null, Job.Kind: JobKind.Mailbox }).GroupBy(o => o.Job.SubjectId)
            .ToDictionary(g => g.Key, g => g.Last().Mailbox);
        if (made.Count == 0) return;
        var ids = made.Keys.ToList();
        var refused = ids.Where(id => made[id]?.FolderRefusal is not null).ToList();
        var accounts = write.Context.Accounts.Include(a => a.Domain).Where(a => ids.Contains(a.Id)
            && (!a.MailboxReady || a.MailboxId == null || a.TakeOver != TakeOver.None || a.FolderRefusal != null
                || refused.Contains(a.Id)));
        foreach (var account in await accounts.ToListAsync(cancellationToken)) Record(write, account, made[account.Id]);
    }

    // If the account has been given another mailbox in the meantime, it waits for that one.
    private static void Record(MailWrite write, Account account, MailboxOutcome? made)
    {
        if (made is not null && account.MailboxId != made.Requested) return;
        if (made is not null)
            (account.MailboxId, account.FolderRefusal, account.TakeOver) = (made.Met ?? made.Requested, made.FolderRefusal, TakeOver.None);
        if (account.MailboxReady) return;
        account.MailboxReady = true;
        write.Record("account.mailbox-ready", account.Domain!, account.Username.Value);
    }

    // If the job was renewed while it ran, it is due again, and the result may be out of date.
    private static bool IsFulfilled(ProvisioningJob job, JobOutcome outcome) =>
        outcome.Error is null && job.Revision == outcome.Job.Revision;

    private static void Record(ProvisioningJob job, JobOutcome outcome)
    {
        (job.LeasedBy, job.LeasedUntil) = (null, null);
        if (outcome.Error is null || job.Revision != outcome.Job.Revision) return;
        job.Attempts++;
        job.IsConflict = outcome.IsConflict;
        (job.LastError, job.Refused, job.DueAt) = (outcome.Error, outcome.Refused, outcome.RetryAt);
    }
}
