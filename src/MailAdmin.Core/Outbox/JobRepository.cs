using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Outbox;

/// <summary>Reads the queue for display: what the servers have not done yet.</summary>
public sealed class JobRepository(MailDatabase database)
{
    /// <summary>Jobs of the domains that the actor may see; refused ones first, then the oldest.</summary>
    public async Task<Page<JobRow>> ListAsync(Actor actor, int first, int size, CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        return await ListAsync(actor, first, size, await SubjectsOf(context, actor).CountAsync(cancellationToken), cancellationToken);
    }

    /// <summary>The same with a total that the caller knows already.</summary>
    public async Task<Page<JobRow>> ListAsync(Actor actor, int first, int size, int total, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        first = Paging.Clamp(first, size, total);
        return new(await RowsAsync(SubjectsOf(context, actor), first, size, cancellationToken), first, size, total);
    }

    /// <summary>Counts the jobs of the domains that the actor may see.</summary>
    public async Task<JobCounts> CountAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        var now = database.Now;
        await using var context = database.Open();
        var found = await SubjectsOf(context, actor).GroupBy(_ => 1).Select(all => new
        {
            Total = all.Count(),
            Running = all.Count(s => s.Job.LeasedUntil > now),
            Failed = all.Count(s => s.Job.Refused && !(s.Job.LeasedUntil > now)),
            OldestAt = (DateTimeOffset?)all.Min(s => s.Job.CreatedAt),
            OldestFailedAt = all.Min(s => s.Job.Refused ? (DateTimeOffset?)s.Job.CreatedAt : null),
        }).SingleOrDefaultAsync(cancellationToken);
        return found is null
            ? new(0, 0, 0, null, null)
            : new(found.Total - found.Running - found.Failed, found.Running, found.Failed, found.OldestAt, found.OldestFailedAt);
    }

    /// <summary>Each job with its subject, which depends on its kind.</summary>
    internal static IQueryable<JobSubject> SubjectsOf(MailContext context, Actor actor)
    {
        const long none = -1;
        var jobs =
            from job in context.Jobs
            join a in context.Accounts on job.Kind == JobKind.Removal || job.Kind == JobKind.DomainRemoval
                || job.Kind == JobKind.DomainNames || job.Kind == JobKind.Import ? none : job.SubjectId equals a.Id into accounts
            from account in accounts.DefaultIfEmpty()
            join r in context.RetiredUsernames on job.Kind == JobKind.Removal ? job.SubjectId : none equals r.Id into names
            from retired in names.DefaultIfEmpty()
            join d in context.Domains on job.Kind == JobKind.DomainRemoval
                || job.Kind == JobKind.DomainNames ? job.SubjectId : account!.DomainId equals d.Id into domains
            from domain in domains.DefaultIfEmpty()
            select new JobSubject { Job = job, Account = account, Retired = retired, Domain = domain };
        if (actor.Domains is not { } seen) return jobs;
        var ids = seen.ToList();
        return jobs.Where(t => t.Domain != null && ids.Contains(t.Domain.Id));
    }

    private async Task<List<JobRow>> RowsAsync(IQueryable<JobSubject> jobs, int first, int size, CancellationToken cancellationToken)
    {
        var found = await jobs.OrderByDescending(s => s.Job.Refused).ThenBy(s => s.Job.CreatedAt).ThenBy(s => s.Job.Id).Skip(first)
            .Take(size)
            .Select(s =>
                new
                {
                    s.Job,
                    Name = s.Domain!.Name,
                    Username = s.Account!.Username,
                    State = (AccountState?)s.Account.State,
                    Retired = s.Retired!.Username
                })
            .ToListAsync(cancellationToken);
        return [.. found.Select(f => new JobRow(
            f.Job.Id, f.Job.Kind, (f.Username ?? f.Retired)?.Value
                ?? f.Name?.Display, f.Name, f.State == AccountState.Deleted, PhaseOf(f.Job), f.Job.LastError,
            f.Job.Attempts, f.Job.CreatedAt, f.Job.DueAt))];
    }

    private JobPhase PhaseOf(ProvisioningJob job) =>
        job.LeasedUntil > database.Now ? JobPhase.Running : job.Refused ? JobPhase.Failed : JobPhase.Pending;
}
