using MailAdmin.Core.Admins;
using MailAdmin.Core.Audit;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Previews;
using MailAdmin.Core.Routing;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Data;

/// <summary>One transaction: its context, its change, its audit events, and its jobs for the servers.</summary>
public sealed class MailWrite
{
    private static readonly Func<MailContext, JobKind, long, Task<ProvisioningJob?>> FindJob = CompiledQuery.Create(
        (MailContext context, JobKind kind, long subjectId) =>
        context.Jobs.AsTracking().SingleOrDefault(t => t.Kind == kind && t.SubjectId == subjectId));

    private readonly List<(AuditEvent Event, MailDomain? Domain)> _events = [];
    private readonly Dictionary<long, MailDomain?> _domains = [];
    private (AffectedOwners Owners, int Changes)? _affected;

    private MailWrite(MailContext context, Change change, Actor actor, AuditHead head, ChangeSet changes) =>
        (Context, Change, Actor, AuditHead, Changes) = (context, change, actor, head, changes);

    public MailContext Context { get; }

    public Change Change { get; }

    public Actor Actor { get; }

    public DateTimeOffset Now => Change.At;

    /// <summary>All changes that have been saved so far.</summary>
    internal ChangeSet Changes { get; }

    /// <summary>The last audit event before this transaction.</summary>
    internal AuditHead AuditHead { get; }

    /// <summary>The recorded events. A domain that is created in this transaction has its id once it is saved.</summary>
    internal IReadOnlyList<(AuditEvent Event, MailDomain? Domain)> Events => _events;

    internal bool HasNewJobs { get; private set; }

    internal bool EnqueuesMailbox { get; private set; }

    internal bool HasMapRows { get; private set; }

    /// <summary>Map rows were written, or are to be published again unchanged.</summary>
    internal void PublishesMaps() => HasMapRows = true;

    /// <summary>Each map row that is written after <see cref="CollectEffects"/> was called; null before.</summary>
    internal List<MapChange>? MapChanges { get; private set; }

    internal Effects Effects => new(MapChanges ?? [], _events.Select(e => e.Event));

    internal void CollectEffects() => MapChanges = [];

    /// <summary>The domain as it was when this transaction first asked for it, untracked; null if it does not exist.</summary>
    internal async Task<MailDomain?> DomainAsync(long id)
    {
        if (!_domains.TryGetValue(id, out var domain)) _domains[id] = domain = await DomainQueries.ById(Context, id);
        return domain;
    }

    /// <summary>
    /// Records an audit event. <paramref name="before"/> and <paramref name="after"/> are small anonymous objects without secrets.
    /// </summary>
    /// <param name="domain">Admins of this domain may read the event; null means superusers only.</param>
    public void Record(string kind, MailDomain? domain, string subject, object? before = null, object? after = null) =>
        _events.Add((AuditTrail.Event(Change, kind, domain, subject, before, after), domain));

    /// <summary>Adds a job for the worker; an existing one is renewed and becomes due immediately.</summary>
    public async Task EnqueueAsync(JobKind kind, long subjectId, DateTimeOffset? notBefore = null)
    {
        HasNewJobs = true;
        EnqueuesMailbox |= kind == JobKind.Mailbox;
        var due = notBefore ?? Now;
        var job = await FindJob(Context, kind, subjectId);
        if (job is null)
        {
            Context.Jobs.Add(new ProvisioningJob { Kind = kind, SubjectId = subjectId, CreatedAt = Now, DueAt = due });
            return;
        }
        Renew(job, due);
    }

    /// <summary>The same for many subjects, with two statements.</summary>
    internal async Task EnqueueAsync(JobKind kind, List<long> subjectIds)
    {
        if (subjectIds.Count == 0) return;
        var present = await Context.Jobs.Where(t => t.Kind == kind && subjectIds.Contains(t.SubjectId)).ToListAsync();
        foreach (var job in present) Renew(job, Now);
        EnqueueNew(kind, subjectIds.Except(present.Select(t => t.SubjectId)));
    }

    /// <summary>Adds jobs for subjects that were created in this transaction, so that no earlier job can exist.</summary>
    internal void EnqueueNew(JobKind kind, IEnumerable<long> subjectIds)
    {
        HasNewJobs = true;
        EnqueuesMailbox |= kind == JobKind.Mailbox;
        Context.Jobs.AddRange(subjectIds.Select(id => new ProvisioningJob { Kind = kind, SubjectId = id, CreatedAt = Now, DueAt = Now }));
    }

    /// <summary>Existing jobs became due.</summary>
    internal void WakeWorker() => HasNewJobs = true;

    /// <summary>The owners whose map rows may differ now. Computed once for all callers, and again after further changes.</summary>
    internal async Task<AffectedOwners> AffectedOwnersAsync(CancellationToken cancellationToken)
    {
        if (_affected is not { } found || found.Changes != Changes.All.Count)
            _affected = found = (await AffectedOwners.FindAsync(Context, Changes, cancellationToken), Changes.All.Count);
        return found.Owners;
    }

    private static void Renew(ProvisioningJob job, DateTimeOffset due)
    {
        job.Revision++;
        (job.Attempts, job.DueAt, job.Refused) = (0, due, false);
    }

    internal static async Task<MailWrite> BeginAsync(
        MailContext context, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Updating the counter's row takes the lock that puts all writers in one order, also on PostgreSQL.
        var counter = await context.RowAsync(
            $"""UPDATE "ChangeCounters" SET "Last" = "Last" + 1 RETURNING "Last", "AuditId", "AuditHash" """,
            row => new { Last = row.GetInt64(0), Head = new AuditHead(row.GetInt64(1), row.GetString(2)) }, cancellationToken);
        var change = new Change
        {
            Id = counter!.Last,
            At = now,
            AdminId = actor.AdminId,
            ActorName = actor.Name,
            RemoteAddress = actor.RemoteAddress
        };
        context.Changes.Add(change);
        return new MailWrite(context, change, actor, counter.Head, ChangeObserver.Observe(context));
    }

    /// <summary>Saves the work, and runs the transaction steps.</summary>
    internal Task CompleteAsync(CancellationToken cancellationToken) => CompleteAsync(TransactionSteps.InOrder, cancellationToken);

    /// <summary>Saves the work, and runs only the steps that a preview shows. The transaction must not be committed afterwards.</summary>
    internal Task CompleteForPreviewAsync(CancellationToken cancellationToken) =>
        CompleteAsync(TransactionSteps.InOrder.Where(s => s.IsPreviewed), cancellationToken);

    private async Task CompleteAsync(IEnumerable<ITransactionStep> steps, CancellationToken cancellationToken)
    {
        await Context.SaveChangesAsync(cancellationToken);
        foreach (var step in steps) await step.RunAsync(this, cancellationToken);
    }
}
