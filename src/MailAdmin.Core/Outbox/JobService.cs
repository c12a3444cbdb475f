using System.Globalization;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Results;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Outbox;

public static class JobProblems
{
    /// <summary>The job was finished in the meantime, as wanted.</summary>
    public static Problem NotFound { get; } = new("JobNotFound");
}

/// <summary>Makes jobs due now, instead of after their pause. For superusers.</summary>
public sealed class JobService(MailDatabase database)
{
    public Task<Result> RetryAsync(
        long id, Actor actor, CancellationToken cancellationToken = default) => database.WriteAsync<Result>(actor, async write =>
    {
        actor.Require(Permission.RunPanel);
        var found = await JobRepository.SubjectsOf(write.Context, actor).SingleOrDefaultAsync(s => s.Job.Id == id, cancellationToken);
        if (found is null) return JobProblems.NotFound;
        var subject = (found.Account?.Username ?? found.Retired?.Username)?.Value ?? found.Domain?.Name.Value
            ?? id.ToString(CultureInfo.InvariantCulture);
        write.Record("job.retried", found.Domain, subject, new { found.Job.Kind, found.Job.Attempts, Error = found.Job.LastError });
        await RetryAsync(write, write.Context.Jobs.Where(t => t.Id == id));
        return Result.Done;
    }, cancellationToken);

    /// <summary>Retries all jobs that wait or were refused; returns their number.</summary>
    public async Task<int> RetryAllAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        var count = 0;
        await database.WriteAsync(actor, async write =>
        {
            actor.Require(Permission.RunPanel);
            count = await RetryAsync(write, write.Context.Jobs);
            if (count > 0) write.Record("jobs.retried", null, "outbox", after: new { Count = count });
        }, cancellationToken);
        return count;
    }

    /// <summary>Number of jobs that would be retried.</summary>
    public async Task<int> CountRetriableAsync(CancellationToken cancellationToken)
    {
        var now = database.Now;
        await using var context = database.Open();
        return await context.Jobs.CountAsync(t => !(t.LeasedUntil > now), cancellationToken);
    }

    // Running jobs are left alone, because they are being tried already.
    private static Task<int> RetryAsync(MailWrite write, IQueryable<ProvisioningJob> jobs)
    {
        write.WakeWorker();
        return jobs.Where(t => !(t.LeasedUntil > write.Now)).ExecuteUpdateAsync(set => set.SetProperty(t => t.DueAt, write.Now));
    }
}
