using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Outbox;

/// <summary>The outcome of a task.</summary>
/// <param name="Error">The server's own message, or null if the task is done.</param>
/// <param name="Refused">The server refused, rather than being unavailable.</param>
/// <param name="RetryAt">When to try again after an error.</param>
public sealed record TaskOutcome(OutboxTask Task, string? Error = null, bool Refused = false, DateTimeOffset RetryAt = default)
{
    /// <summary>The mailbox that now matches; null for other kinds.</summary>
    public MailboxOutcome? Mailbox { get; init; }

    /// <inheritdoc cref="OutboxTask.IsConflict"/>
    public bool IsConflict { get; init; }
}

/// <summary>A mailbox that matches its account.</summary>
/// <param name="Requested">The mailbox id that the account had when it was read.</param>
/// <param name="Met">The mailbox id that the server reports, or null if it reports none.</param>
/// <param name="FolderRefusal">The server's message about default folders that it refused, or null.</param>
public sealed record MailboxOutcome(MailboxId? Requested, MailboxId? Met, string? FolderRefusal);

/// <summary>
/// The queue between the database and the servers. Several workers may share it: a lease reserves each task for one of them.
/// </summary>
public sealed class OutboxRepository(MailDatabase database)
{
    // No lease and no pause after a failure lasts longer than this, even if the clocks of several hosts differ.
    private static readonly TimeSpan Longest = TimeSpan.FromHours(2);

    /// <summary>Claims tasks that are due, oldest first. A worker that dies loses them when its lease ends.</summary>
    public Task<List<OutboxTask>> ClaimAsync(string worker, int limit, TimeSpan lease, CancellationToken cancellationToken) =>
        database.ExecuteWithoutAuditAsync(async context =>
        {
            var now = database.Now;
            var tasks = await context.OutboxTasks.AsNoTracking()
                .Where(t => t.DueAt <= now && (t.LeasedUntil == null || t.LeasedUntil <= now))
                .OrderBy(t => t.DueAt).ThenBy(t => t.Id).Take(limit).ToListAsync(cancellationToken);
            if (tasks.Count == 0) return tasks;
            var ids = tasks.ConvertAll(t => t.Id);
            await context.OutboxTasks.Where(t => ids.Contains(t.Id)).ExecuteUpdateAsync(
                set => set.SetProperty(t => t.LeasedBy, worker).SetProperty(t => t.LeasedUntil, now + lease), cancellationToken);
            foreach (var task in tasks) (task.LeasedBy, task.LeasedUntil) = (worker, now + lease);
            return tasks;
        }, cancellationToken);

    /// <summary>Releases the tasks of dead workers, so that they need not wait until the leases end.</summary>
    public Task ReleaseAsync(Func<string, bool> isDead, CancellationToken cancellationToken) =>
        database.ExecuteWithoutAuditAsync(async context =>
        {
            var workers = await context.OutboxTasks.Where(t => t.LeasedBy != null).Select(t => t.LeasedBy!).Distinct()
                .ToListAsync(cancellationToken);
            var dead = workers.Where(isDead).ToList();
            return await context.OutboxTasks.Where(t => t.LeasedBy != null && dead.Contains(t.LeasedBy))
                .ExecuteUpdateAsync(
                    set => set.SetProperty(t => t.LeasedBy, (string?)null)
                        .SetProperty(t => t.LeasedUntil, (DateTimeOffset?)null), cancellationToken);
        }, cancellationToken);

    /// <summary>Number of attempts; null if the task is done, or never existed.</summary>
    public async Task<int?> AttemptsAsync(OutboxKind kind, long subjectId, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        return await context.OutboxTasks.Where(t => t.Kind == kind && t.SubjectId == subjectId).Select(t => (int?)t.Attempts)
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>The same for the removal of a mailbox.</summary>
    public async Task<int?> RemovalAttemptsAsync(Username username, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        return await context.OutboxTasks.Where(
            t => t.Kind == OutboxKind.Removal && context.RetiredUsernames.Any(r => r.Id == t.SubjectId && r.Username == username))
            .Select(t => (int?)t.Attempts).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>When the next task is due that no worker has claimed, or null if there is none.</summary>
    public async Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        return await context.OutboxTasks.OrderBy(t => t.DueAt)
            .Select(t => (DateTimeOffset?)(t.LeasedUntil > t.DueAt ? t.LeasedUntil : t.DueAt)).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>
    /// Records outcomes in one transaction: a task that is done is deleted, unless it was renewed in the meantime; a mailbox that exists
    /// now is published in the maps.
    /// </summary>
    public Task RecordAsync(IReadOnlyList<TaskOutcome> outcomes, CancellationToken cancellationToken) =>
        database.WriteAsync(Actor.Panel, async write =>
        {
            var ids = outcomes.Select(o => o.Task.Id).ToList();
            var present = await write.Context.OutboxTasks.Where(t => ids.Contains(t.Id)).ToDictionaryAsync(t => t.Id, cancellationToken);
            await BookMailboxesAsync(write, outcomes, cancellationToken);
            var fulfilled = new List<long>();
            foreach (var outcome in outcomes)
            {
                if (present.GetValueOrDefault(outcome.Task.Id) is not { } task) continue;
                if (IsFulfilled(task, outcome)) fulfilled.Add(task.Id);
                else Book(task, outcome);
            }
            // Delete all with one statement: the change tracker would send one for each.
            await write.Context.OutboxTasks.Where(t => fulfilled.Contains(t.Id)).ExecuteDeleteAsync(cancellationToken);
        }, cancellationToken);

    /// <summary>The server is available again: tasks that waited only for it become due now.</summary>
    public Task RetryAllAwayAsync(CancellationToken cancellationToken) =>
        database.ExecuteWithoutAuditAsync(
            context => context.OutboxTasks.Where(t => t.LastError != null && !t.Refused && t.LeasedUntil == null)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.DueAt, database.Now), cancellationToken), cancellationToken);

    /// <summary>
    /// The clock was ahead for a while and has been corrected: tasks written in the meantime would wait until the wrong time comes. They
    /// become due now.
    /// </summary>
    public Task SetClockRightAsync(CancellationToken cancellationToken) =>
        database.ExecuteWithoutAuditAsync(context =>
        {
            var (now, latest) = (database.Now, database.Now + Longest);
            return context.OutboxTasks.Where(t => t.LeasedUntil > latest || t.CreatedAt > latest || (t.Attempts > 0 && t.DueAt > latest))
                .ExecuteUpdateAsync(set => set.SetProperty(t => t.DueAt, now).SetProperty(t => t.CreatedAt, now)
                    .SetProperty(t => t.LeasedBy, (string?)null).SetProperty(t => t.LeasedUntil, (DateTimeOffset?)null), cancellationToken);
        }, cancellationToken);

    private static async Task BookMailboxesAsync(MailWrite write, IReadOnlyList<TaskOutcome> outcomes, CancellationToken cancellationToken)
    {
        var made = outcomes.Where(o => o is { Error: null, Task.Kind: OutboxKind.Mailbox }).GroupBy(o => o.Task.SubjectId)
            .ToDictionary(g => g.Key, g => g.Last().Mailbox);
        if (made.Count == 0) return;
        var ids = made.Keys.ToList();
        var refused = ids.Where(id => made[id]?.FolderRefusal is not null).ToList();
        var accounts = write.Context.Accounts.Include(a => a.Domain).Where(a => ids.Contains(a.Id)
            && (!a.MailboxReady || a.MailboxId == null || a.TakeOver != TakeOver.None || a.FolderRefusal != null
                || refused.Contains(a.Id)));
        foreach (var account in await accounts.ToListAsync(cancellationToken)) Book(write, account, made[account.Id]);
    }

    // If the account has been given another mailbox in the meantime, it waits for that one.
    private static void Book(MailWrite write, Account account, MailboxOutcome? made)
    {
        if (made is not null && account.MailboxId != made.Requested) return;
        if (made is not null)
            (account.MailboxId, account.FolderRefusal, account.TakeOver) = (made.Met ?? made.Requested, made.FolderRefusal, TakeOver.None);
        if (account.MailboxReady) return;
        account.MailboxReady = true;
        write.Record("account.mailbox-ready", account.Domain!, account.Username.Value);
    }

    // If the task was renewed while it ran, it is due again, and the result may be out of date.
    private static bool IsFulfilled(OutboxTask task, TaskOutcome outcome) =>
        outcome.Error is null && task.Revision == outcome.Task.Revision;

    private static void Book(OutboxTask task, TaskOutcome outcome)
    {
        (task.LeasedBy, task.LeasedUntil) = (null, null);
        if (outcome.Error is null || task.Revision != outcome.Task.Revision) return;
        task.Attempts++;
        task.IsConflict = outcome.IsConflict;
        (task.LastError, task.Refused, task.DueAt) = (outcome.Error, outcome.Refused, outcome.RetryAt);
    }
}
