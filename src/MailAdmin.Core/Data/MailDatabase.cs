using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Previews;
using MailAdmin.Core.Results;
using MailAdmin.Core.Routing;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Data;

/// <summary>
/// The one door to the database. Slow things (hashing, network) come before or after a write, never inside: all writers wait for one another.
/// </summary>
public sealed class MailDatabase(Func<MailContext> open, TimeProvider clock, ChangeSignals signals, MailHostNames host) : IDisposable
{
    // SQLite has one writer; waiting here is fair and cheap, waiting in its busy handler is neither.
    private readonly SemaphoreSlim _gate = new(1);

    /// <summary>The panel's clock.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>For reading: nothing is tracked.</summary>
    public MailContext Open()
    {
        var context = open();
        (context.Host, context.ChangeTracker.QueryTrackingBehavior) = (host, QueryTrackingBehavior.NoTracking);
        return context;
    }

    /// <summary>
    /// Runs <paramref name="work"/> in one transaction with its change, audit events, tasks and map rows, and commits it. When the work
    /// returns a <see cref="Result"/> with problems, nothing is written.
    /// </summary>
    public Task<T> WriteAsync<T>(Actor actor, Func<MailWrite, Task<T>> work, CancellationToken cancellationToken = default) where T : Result =>
        RunAsync(actor, work, null, null, cancellationToken);

    public Task WriteAsync(Actor actor, Func<MailWrite, Task> work, CancellationToken cancellationToken = default) =>
        WriteAsync(actor, async write =>
        {
            await work(write);
            return Result.Done;
        }, cancellationToken);

    /// <summary>The same, shown first: a rehearsal is rolled back, and what was confirmed is committed only if it does what was shown.</summary>
    /// <param name="preview">Null writes without asking.</param>
    public Task<Result<T>> WriteAsync<T>(Actor actor, Preview? preview, Func<MailWrite, Task<Result<T>>> work) =>
        RunAsync(actor, work, preview, problem => problem, default);

    /// <inheritdoc cref="WriteAsync{T}(Actor, Preview?, Func{MailWrite, Task{Result{T}}})"/>
    public Task<Result> WriteAsync(Actor actor, Preview? preview, Func<MailWrite, Task<Result>> work) =>
        RunAsync(actor, work, preview, problem => problem, default);

    private async Task<T> RunAsync<T>(
        Actor actor, Func<MailWrite, Task<T>> work, Preview? preview, Func<Problem, T>? refuse, CancellationToken cancellationToken) where T : Result
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            await using var context = open();
            (context.Host, context.ChangeTracker.QueryTrackingBehavior) = (host, QueryTrackingBehavior.TrackAll);
            await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
            var write = await MailWrite.BeginAsync(context, actor, clock.GetUtcNow(), cancellationToken);
            if (preview is not null) write.CollectEffects();
            var result = await work(write);
            if (!result.Succeeded) return result;
            await write.CompleteAsync(cancellationToken);
            if (preview is { IsDryRun: true })
            {
                await transaction.RollbackAsync(cancellationToken);
                preview.Show(await write.Effects.WithDomainsAsync(context, cancellationToken));
                return result;
            }
            if (preview is not null && !preview.Allows(write.Effects)) return refuse!(PreviewProblems.Differs);
            await transaction.CommitAsync(cancellationToken);
            signals.Raise(write);
            return result;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>
    /// For bookkeeping that is no change of what should be (leases, last logins, sessions, positions): one transaction without a change, audit or maps.
    /// </summary>
    public async Task<T> ExecuteWithoutAuditAsync<T>(Func<MailContext, Task<T>> work, CancellationToken cancellationToken = default)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            await using var context = open();
            context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.TrackAll;
            await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
            var result = await work(context);
            await context.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return result;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();
}
