using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Outbox;

/// <summary>Reads the queue for display: what the servers have not done yet.</summary>
public sealed class TaskRepository(MailDatabase database)
{
    /// <summary>Tasks of the domains that the actor may see; refused ones first, then the oldest.</summary>
    public async Task<Page<TaskRow>> ListAsync(Actor actor, int first, int size, CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        return await ListAsync(actor, first, size, await SubjectsOf(context, actor).CountAsync(cancellationToken), cancellationToken);
    }

    /// <summary>The same with a total that the caller knows already.</summary>
    public async Task<Page<TaskRow>> ListAsync(Actor actor, int first, int size, int total, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        first = Paging.Clamp(first, size, total);
        return new(await RowsAsync(SubjectsOf(context, actor), first, size, cancellationToken), first, size, total);
    }

    /// <summary>Counts the tasks of the domains that the actor may see.</summary>
    public async Task<TaskCounts> CountAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        var now = database.Now;
        await using var context = database.Open();
        var found = await SubjectsOf(context, actor).GroupBy(_ => 1).Select(all => new
        {
            Total = all.Count(),
            Running = all.Count(s => s.Task.LeasedUntil > now),
            Failed = all.Count(s => s.Task.Refused && !(s.Task.LeasedUntil > now)),
            OldestAt = (DateTimeOffset?)all.Min(s => s.Task.CreatedAt),
            OldestFailedAt = all.Min(s => s.Task.Refused ? (DateTimeOffset?)s.Task.CreatedAt : null),
        }).SingleOrDefaultAsync(cancellationToken);
        return found is null
            ? new(0, 0, 0, null, null)
            : new(found.Total - found.Running - found.Failed, found.Running, found.Failed, found.OldestAt, found.OldestFailedAt);
    }

    /// <summary>Each task with its subject, which depends on its kind.</summary>
    internal static IQueryable<TaskSubject> SubjectsOf(MailContext context, Actor actor)
    {
        const long none = -1;
        var tasks =
            from task in context.OutboxTasks
            join a in context.Accounts on task.Kind == OutboxKind.Removal || task.Kind == OutboxKind.DomainRemoval
                || task.Kind == OutboxKind.DomainNames ? none : task.SubjectId equals a.Id into accounts
            from account in accounts.DefaultIfEmpty()
            join r in context.RetiredUsernames on task.Kind == OutboxKind.Removal ? task.SubjectId : none equals r.Id into names
            from retired in names.DefaultIfEmpty()
            join d in context.Domains on task.Kind == OutboxKind.DomainRemoval
                || task.Kind == OutboxKind.DomainNames ? task.SubjectId : account!.DomainId equals d.Id into domains
            from domain in domains.DefaultIfEmpty()
            select new TaskSubject { Task = task, Account = account, Retired = retired, Domain = domain };
        if (actor.Domains is not { } seen) return tasks;
        var ids = seen.ToList();
        return tasks.Where(t => t.Domain != null && ids.Contains(t.Domain.Id));
    }

    private async Task<List<TaskRow>> RowsAsync(IQueryable<TaskSubject> tasks, int first, int size, CancellationToken cancellationToken)
    {
        var found = await tasks.OrderByDescending(s => s.Task.Refused).ThenBy(s => s.Task.CreatedAt).ThenBy(s => s.Task.Id).Skip(first)
            .Take(size)
            .Select(s =>
                new
                {
                    s.Task,
                    Name = s.Domain!.Name,
                    Username = s.Account!.Username,
                    State = (AccountState?)s.Account.State,
                    Retired = s.Retired!.Username
                })
            .ToListAsync(cancellationToken);
        return [.. found.Select(f => new TaskRow(
            f.Task.Id, f.Task.Kind, (f.Username ?? f.Retired)?.Value
                ?? f.Name?.Display, f.Name, f.State == AccountState.Deleted, PhaseOf(f.Task), f.Task.LastError,
            f.Task.Attempts, f.Task.CreatedAt, f.Task.DueAt))];
    }

    private TaskPhase PhaseOf(OutboxTask task) =>
        task.LeasedUntil > database.Now ? TaskPhase.Running : task.Refused ? TaskPhase.Failed : TaskPhase.Pending;
}
