using System.Globalization;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Results;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Outbox;

public static class TaskProblems
{
    /// <summary>The task was finished in the meantime, as wanted.</summary>
    public static Problem NotFound { get; } = new("TaskNotFound");
}

/// <summary>Makes tasks due now, instead of after their pause. For superusers.</summary>
public sealed class TaskService(MailDatabase database)
{
    public Task<Result> RetryAsync(long id, Actor actor) => database.WriteAsync<Result>(actor, async write =>
    {
        actor.Require(Permission.RunPanel);
        var found = await TaskRepository.SubjectsOf(write.Context, actor).SingleOrDefaultAsync(s => s.Task.Id == id);
        if (found is null) return TaskProblems.NotFound;
        var subject = (found.Account?.Username ?? found.Retired?.Username)?.Value ?? found.Domain?.Name.Value
            ?? id.ToString(CultureInfo.InvariantCulture);
        write.Record("task.retried", found.Domain, subject, new { found.Task.Kind, found.Task.Attempts, Error = found.Task.LastError });
        await RetryAsync(write, write.Context.OutboxTasks.Where(t => t.Id == id));
        return Result.Done;
    });

    /// <summary>Retries all tasks that wait or were refused; returns their number.</summary>
    public async Task<int> RetryAllAsync(Actor actor)
    {
        var count = 0;
        await database.WriteAsync(actor, async write =>
        {
            actor.Require(Permission.RunPanel);
            count = await RetryAsync(write, write.Context.OutboxTasks);
            if (count > 0) write.Record("tasks.retried", null, "outbox", after: new { Count = count });
        });
        return count;
    }

    /// <summary>Number of tasks that would be retried.</summary>
    public async Task<int> CountRetriableAsync(CancellationToken cancellationToken)
    {
        var now = database.Now;
        await using var context = database.Open();
        return await context.OutboxTasks.CountAsync(t => !(t.LeasedUntil > now), cancellationToken);
    }

    // Running tasks are left alone, because they are being tried already.
    private static Task<int> RetryAsync(MailWrite write, IQueryable<OutboxTask> tasks)
    {
        write.WakeWorker();
        return tasks.Where(t => !(t.LeasedUntil > write.Now)).ExecuteUpdateAsync(set => set.SetProperty(t => t.DueAt, write.Now));
    }
}
