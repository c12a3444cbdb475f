using MailAdmin.Core.Admins;
using MailAdmin.Core.Audit;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Previews;
using MailAdmin.Core.Routing;
using MailAdmin.Core.Vacations;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Data;

/// <summary>One transaction: its context, its change, what it records, and its tasks for the servers.</summary>
public sealed class MailWrite : IDisposable
{
    private static readonly Func<MailContext, OutboxKind, long, Task<OutboxTask?>> FindTask = EF.CompileAsyncQuery((MailContext context, OutboxKind kind, long subjectId) =>
        context.OutboxTasks.AsTracking().SingleOrDefault(t => t.Kind == kind && t.SubjectId == subjectId));

    private readonly MapChangeSet _scope = new();
    private readonly List<(AuditEvent Event, MailDomain? Domain)> _events = [];
    private readonly AuditHead _head;

    private MailWrite(MailContext context, Change change, Actor actor, AuditHead head) => (Context, Change, Actor, _head) = (context, change, actor, head);

    public MailContext Context { get; }

    public Change Change { get; }

    public Actor Actor { get; }

    public DateTimeOffset Now => Change.At;

    internal bool HasNewTasks { get; private set; }

    internal bool EnqueuesMailbox { get; private set; }

    internal bool HasMapRows { get; private set; }

    /// <summary>Rows of the maps are published that did not change.</summary>
    internal void PublishesMaps() => HasMapRows = true;

    /// <summary>Each map row that is written, once <see cref="CollectEffects"/> was called; null without.</summary>
    internal List<MapChange>? MapChanges { get; private set; }

    internal Effects Effects => new(MapChanges ?? [], _events.Select(e => e.Event));

    internal void CollectEffects() => MapChanges = [];

    /// <summary>Records what happened. <paramref name="before"/> and <paramref name="after"/> are small anonymous objects without secrets.</summary>
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

    /// <summary>Says that the map rows of some addresses may differ though none of their own rows does.</summary>
    internal void MarkAffected(IEnumerable<long> addressIds) => _scope.MarkAffected(addressIds);

    /// <summary>Says that the map rows of every domain's own may differ: the rules for them are new.</summary>
    internal void MarkAllDomainsAffected() => _scope.MarkAllDomainsAffected();

    /// <summary>Says that the map rows of some accounts may differ though none of their own rows does.</summary>
    internal void MarkAccountsAffected(IEnumerable<long> accountIds) => _scope.MarkAccountsAffected(accountIds);

    private static void Renew(OutboxTask task, DateTimeOffset due)
    {
        task.Revision++;
        (task.Attempts, task.DueAt, task.Refused) = (0, due, false);
    }

    internal static async Task<MailWrite> BeginAsync(MailContext context, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // The counter's row is the lock that puts all writers in one order, on PostgreSQL too.
        var counter = await context.RowAsync($"""UPDATE "ChangeCounters" SET "Last" = "Last" + 1 RETURNING "Last", "AuditId", "AuditHash" """,
            row => new { Last = row.GetInt64(0), Head = new AuditHead(row.GetInt64(1), row.GetString(2)) }, cancellationToken);
        var change = new Change { Id = counter!.Last, At = now, AdminId = actor.AdminId, ActorName = actor.Name, RemoteAddress = actor.RemoteAddress };
        context.Changes.Add(change);
        var write = new MailWrite(context, change, actor, counter.Head);
        context.BeforeSave = token => write._scope.ObserveAsync(context, token);
        return write;
    }

    /// <summary>The context goes back to its pool, and must not look at another transaction for this one.</summary>
    public void Dispose() => Context.BeforeSave = null;

    internal async Task CompleteAsync(CancellationToken cancellationToken)
    {
        await Context.SaveChangesAsync(cancellationToken);
        Context.BeforeSave = null;
        HasMapRows |= await MapProjection.RefreshAsync(this, _scope, cancellationToken);
        await ScriptRenewal.RenewAsync(this, _scope, cancellationToken);
        // A domain that was made in this transaction has its id by now.
        foreach (var (item, domain) in _events) item.DomainId = domain?.Id;
        await AuditTrail.AppendAsync(Context, _head, [.. _events.Select(e => e.Event)], cancellationToken);
    }
}
