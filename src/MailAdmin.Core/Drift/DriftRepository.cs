using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Drift;

/// <param name="Kind">The kind of difference.</param>
/// <param name="Count">The number of differences that are not repaired yet.</param>
public sealed record DriftCount(DriftKind Kind, long Count);

/// <summary>Stores the findings and the progress of a run. Only the dates of earlier runs are kept.</summary>
public sealed class DriftRepository(MailDatabase database)
{
    // A node that has been silent for this long is gone, and its run is over.
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(2);

    public async Task<DriftRun?> LatestAsync(CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        return await context.DriftRuns.OrderByDescending(r => r.Id).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>A page of findings, and the numbers of unrepaired ones of every kind, with two queries.</summary>
    public async Task<(Page<DriftFinding> Page, IReadOnlyList<DriftCount> Unrepaired)> ListAsync(
        long runId, DriftKind? kind, int first, int size, CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        var found = context.DriftFindings.Where(f => f.RunId == runId);
        var kinds = await found.GroupBy(f => f.Kind).OrderBy(g => g.Key)
            .Select(g => new { Kind = g.Key, All = g.Count(), Unrepaired = g.LongCount(f => f.RepairedAt == null) })
                .ToListAsync(cancellationToken);
        var total = kinds.Where(k => kind is null || k.Kind == kind).Sum(k => k.All);
        first = Paging.Clamp(first, size, total);
        var rows = await found.Where(f => kind == null || f.Kind == kind).OrderBy(f => f.Id).Skip(first).Take(size)
            .ToListAsync(cancellationToken);
        return (new(rows, first, size, total), [.. kinds.Where(k => k.Unrepaired > 0).Select(k => new DriftCount(k.Kind, k.Unrepaired))]);
    }

    /// <summary>The number of unrepaired findings of each kind.</summary>
    public async Task<IReadOnlyList<DriftCount>> CountAsync(long runId, CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        return await context.DriftFindings.Where(f => f.RunId == runId && f.RepairedAt == null).GroupBy(f => f.Kind).OrderBy(g => g.Key)
            .Select(g => new DriftCount(g.Key, g.LongCount())).ToListAsync(cancellationToken);
    }

    public async Task<DriftFinding?> FindAsync(long id, CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        return await context.DriftFindings.SingleOrDefaultAsync(f => f.Id == id, cancellationToken);
    }

    /// <summary>Requests a run, unless one is requested or under way already.</summary>
    public Task RequestAsync(CancellationToken cancellationToken = default) => database.ExecuteWithoutAuditAsync(async context =>
    {
        if (await UnfinishedAsync(context) is null) context.DriftRuns.Add(New(DriftPhase.Requested));
        return true;
    }, cancellationToken);

    /// <summary>Whether a run may be due; it only reads, so it can be called often.</summary>
    public async Task<bool> IsDueAsync(TimeSpan every, CancellationToken cancellationToken) => await LatestAsync(cancellationToken) switch
    {
        null or { Phase: DriftPhase.Requested } => true,
        { FinishedAt: null } run => database.Now - run.SeenAt >= Silence,
        { } run => database.Now - run.StartedAt >= every,
    };

    /// <summary>Begins the requested run, or a new one. Null while another node has one, since there is one at a time.</summary>
    /// <param name="onlyWhenDue">Begin only if a run was requested, or if the last one began this long ago.</param>
    public Task<DriftRun?> BeginAsync(TimeSpan? onlyWhenDue = null, CancellationToken cancellationToken = default) =>
        database.ExecuteWithoutAuditAsync<DriftRun?>(async context =>
    {
        var run = await UnfinishedAsync(context);
        if (run is { Phase: not DriftPhase.Requested }) return null;
        if (run is null)
        {
            var last = await context.DriftRuns.OrderByDescending(r => r.Id).FirstOrDefaultAsync(cancellationToken);
            if (onlyWhenDue is { } every && last is not null && database.Now - last.StartedAt < every) return null;
            context.DriftRuns.Add(run = New(DriftPhase.Mailboxes));
        }
        (run.Phase, run.StartedAt, run.SeenAt) = (DriftPhase.Mailboxes, database.Now, database.Now);
        await context.SaveChangesAsync(cancellationToken);
        await context.DriftFindings.Where(f => f.RunId != run.Id).ExecuteDeleteAsync(cancellationToken);
        return run;
    }, cancellationToken);

    /// <summary>Saves the progress of a run, with what it has found since the last call.</summary>
    /// <param name="note">Changes the run.</param>
    public Task SaveAsync(
        long runId, IReadOnlyCollection<DriftFinding> found, Action<DriftRun> note, CancellationToken cancellationToken = default) =>
        database.ExecuteWithoutAuditAsync(async context =>
    {
        var run = await context.DriftRuns.SingleAsync(r => r.Id == runId, cancellationToken);
        note(run);
        run.SeenAt = database.Now;
        run.FindingCount += found.Count;
        context.DriftFindings.AddRange(found);
        return true;
    }, cancellationToken);

    private async Task<DriftRun?> UnfinishedAsync(MailContext context)
    {
        var run = await context.DriftRuns.OrderByDescending(r => r.Id).FirstOrDefaultAsync();
        if (run is null or { Phase: DriftPhase.Finished or DriftPhase.Failed }) return null;
        if (run.Phase == DriftPhase.Requested || database.Now - run.SeenAt < Silence) return run;
        (run.Phase, run.FinishedAt) = (DriftPhase.Failed, run.SeenAt);
        return null;
    }

    private DriftRun New(DriftPhase phase) => new() { Phase = phase, StartedAt = database.Now, SeenAt = database.Now };
}
