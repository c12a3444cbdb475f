using MailAdmin.Core.Admins;
using MailAdmin.Core.Audit;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Previews;
using MailAdmin.Core.Routing;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Data;

/// <summary>One transaction: its context, its change, what it records, and its tasks for the servers.</summary>
public sealed class MailWrite
{
    private static readonly Func<MailContext, OutboxKind, long, Task<OutboxTask?>> FindTask = EF.CompileAsyncQuery(
        (MailContext context, OutboxKind kind, long subjectId) =>
        context.OutboxTasks.AsTracking().SingleOrDefault(t => t.Kind == kind && t.SubjectId == subjectId));

    private readonly List<(AuditEvent Event, MailDomain? Domain)> _events = [];
    private (AffectedOwners Owners, int Changes)? _affected;

    private MailWrite(MailContext context, Change change, Actor actor, AuditHead head, ChangeSet changes) =>
        (Context, Change, Actor, AuditHead, Changes) = (context, change, actor, head, changes);

    public MailContext Context { get; }

    public Change Change { get; }

    public Actor Actor { get; }

    public DateTimeOffset Now => Change.At;

    /// <summary>What has been changed and saved so far.</summary>
    internal ChangeSet Changes { get; }

    /// <summary>The audit's last event before this transaction.</summary>
    internal AuditHead AuditHead { get; }

    /// <summary>What was recorded. A domain that is made in this transaction has its id once it is saved.</summary>
    internal IReadOnlyList<(AuditEvent Event, MailDomain? Domain)> Events => _events;

    internal bool HasNewTasks { get; private set; }

    internal bool EnqueuesMailbox { get; private set; }

    internal bool HasMapRows { get; private set; }

    /// <summary>Rows of the maps are published that did not change.</summary>
    internal void PublishesMaps() => HasMapRows = true;

    /// <summary>Each map row that is written, once <see cref="CollectEffects"/> was called; null without.</summary>
    internal List<MapChange>? MapChanges { get; private set; }

    internal Effects Effects => new(MapChanges ?? [], _events.Select(e => e.Event));

    internal void CollectEffects() => MapChanges = [];

    /// <summary>
    /// Records what happened. <paramref name="before"/> and <paramref name="after"/> are small anonymous objects without secrets.
    /// </summary>
    /// <param name="domain">Whoever sees it may read the event; null leaves it to superusers.</param>
    public void Record(string kind, MailDomain? domain, string subject, object? before = null, object? after = null) =>
        _events.Add((AuditTrail.Event(Change, kind, domain, subject, before, after), domain));

    /// <summary>Adds a task for the worker; one that is there already is renewed and becomes due at once.</summary>
    public async Task EnqueueAsync(OutboxKind kind, long subjectId, DateTimeOffset? notBefore = null)
    {
        HasNewTasks = true;
        EnqueuesMailbox |= kind == OutboxKind.Mailbox;
        var due = notBefore ?? Now;
        var task = await FindTask(Context, kind, subjectId);
        if (task is null)
        {
            Context.OutboxTasks.Add(new OutboxTask { Kind = kind, SubjectId = subjectId, CreatedAt = Now, DueAt = due });
            return;
        }
        Renew(task, due);
    }

    /// <summary>The same about many, with two statements.</summary>
    internal async Task EnqueueAsync(OutboxKind kind, List<long> subjectIds)
    {
        if (subjectIds.Count == 0) return;
        var present = await Context.OutboxTasks.Where(t => t.Kind == kind && subjectIds.Contains(t.SubjectId)).ToListAsync();
        foreach (var task in present) Renew(task, Now);
        EnqueueNew(kind, subjectIds.Except(present.Select(t => t.SubjectId)));
    }

    /// <summary>Tasks about subjects that were made in this transaction, so that no earlier one can be there.</summary>
    internal void EnqueueNew(OutboxKind kind, IEnumerable<long> subjectIds)
    {
        HasNewTasks = true;
        EnqueuesMailbox |= kind == OutboxKind.Mailbox;
        Context.OutboxTasks.AddRange(subjectIds.Select(id => new OutboxTask { Kind = kind, SubjectId = id, CreatedAt = Now, DueAt = Now }));
    }

    /// <summary>Tasks became due that were there before.</summary>
    internal void WakeWorker() => HasNewTasks = true;

    /// <summary>Whose map rows may differ by now. It is found once for all who ask, and anew when something was changed since.</summary>
    internal async Task<AffectedOwners> AffectedOwnersAsync(CancellationToken token)
    {
        if (_affected is not { } found || found.Changes != Changes.All.Count)
            _affected = found = (await AffectedOwners.FindAsync(Context, Changes, token), Changes.All.Count);
        return found.Owners;
    }

    private static void Renew(OutboxTask task, DateTimeOffset due)
    {
        task.Revision++;
        (task.Attempts, task.DueAt, task.Refused) = (0, due, false);
    }

    internal static async Task<MailWrite> BeginAsync(
        MailContext context, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // The counter's row is the lock that puts all writers in one order, on PostgreSQL too.
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

    /// <summary>Saves the work, and runs what follows from it.</summary>
    internal Task CompleteAsync(CancellationToken cancellationToken) => CompleteAsync(TransactionSteps.InOrder, cancellationToken);

    /// <summary>The same as far as a preview shows it. What it leaves must not be committed.</summary>
    internal Task CompleteForPreviewAsync(CancellationToken cancellationToken) =>
        CompleteAsync(TransactionSteps.InOrder.Where(s => s.IsPreviewed), cancellationToken);

    private async Task CompleteAsync(IEnumerable<ITransactionStep> steps, CancellationToken cancellationToken)
    {
        await Context.SaveChangesAsync(cancellationToken);
        foreach (var step in steps) await step.RunAsync(this, cancellationToken);
    }
}
