using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Previews;
using MailAdmin.Core.Results;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Data;

/// <summary>
/// All access to the database. Slow work (hashing, network) is done before or after a write, never inside, because writers wait for one
/// another.
/// </summary>
public sealed class MailDatabase(
    Func<MailContext> open, IDatabaseProvider provider, TimeProvider clock, ChangeSignals signals, MailHostNames host)
{
    private readonly IWriteGate _gate = provider.CreateWriteGate(clock);

    /// <summary>The panel's clock.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Opens a context for reading: nothing is tracked.</summary>
    public MailContext Open() => Open(QueryTrackingBehavior.NoTracking);

    /// <summary>
    /// Runs <paramref name="work"/> in one transaction with its change, audit events, jobs and map rows, and commits it. If the work
    /// returns a <see cref="Result"/> with problems, nothing is written.
    /// </summary>
    public Task<T> WriteAsync<T>(Actor actor, Func<MailWrite, Task<T>> work, CancellationToken cancellationToken = default) where T
        : Result =>
        CommitAsync(actor, work, _ => null, cancellationToken);

    public Task WriteAsync(Actor actor, Func<MailWrite, Task> work, CancellationToken cancellationToken = default) =>
        WriteAsync(actor, async write =>
        {
            await work(write);
            return Result.Done;
        }, cancellationToken);

    /// <summary>
    /// Commits the work only if it has the effects that the user was shown; otherwise it is refused with
    /// <see cref="PreviewProblems.Differs"/>.
    /// </summary>
    /// <param name="stamp">The stamp of the dry run's effects.</param>
    internal Task<Result<T>> ConfirmAsync<T>(
        Actor actor, string? stamp, Func<MailWrite, Task<Result<T>>> work, CancellationToken cancellationToken) =>
        CommitAsync(actor, write =>
        {
            write.CollectEffects();
            return work(write);
        }, write => write.Effects.Stamp == stamp ? (Result<T>?)null : PreviewProblems.Differs, cancellationToken);

    /// <summary>
    /// Runs the same work up to its map rows and rolls it back. Waiting writers go first. Domain names of the effects are read after the
    /// gate is released.
    /// </summary>
    internal async Task<DryRun<T>> DryRunAsync<T>(Actor actor, Func<MailWrite, Task<Result<T>>> work, CancellationToken cancellationToken)
    {
        Result<T> result;
        Effects effects;
        using (await WriteMetrics.MeasureAsync("dry_run", () => _gate.EnterForDryRunAsync(cancellationToken)))
        {
            await using var context = Open(QueryTrackingBehavior.TrackAll);
            await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
            var write = await MailWrite.BeginAsync(context, actor, clock.GetUtcNow(), cancellationToken);
            write.CollectEffects();
            result = await work(write);
            if (!result.Succeeded) return new(result, null);
            await write.CompleteForPreviewAsync(cancellationToken);
            effects = write.Effects;
            await transaction.RollbackAsync(cancellationToken);
        }
        await using var reading = Open();
        return new(result, await effects.WithDomainsAsync(reading, cancellationToken));
    }

    /// <summary>
    /// Runs the work, which saves what it needs, and rolls it back without its map rows, events and jobs: for the preview of a list, whose
    /// map rows nobody would read. Waiting writers go first.
    /// </summary>
    internal async Task TryOutAsync(Actor actor, Func<MailWrite, Task> work, CancellationToken cancellationToken)
    {
        using var turn = await WriteMetrics.MeasureAsync("dry_run", () => _gate.EnterForDryRunAsync(cancellationToken));
        await using var context = Open(QueryTrackingBehavior.TrackAll);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await work(await MailWrite.BeginAsync(context, actor, clock.GetUtcNow(), cancellationToken));
        await transaction.RollbackAsync(cancellationToken);
    }

    private async Task<T> CommitAsync<T>(
        Actor actor, Func<MailWrite, Task<T>> work, Func<MailWrite, T?> refuse, CancellationToken cancellationToken) where T : Result
    {
        using var turn = await WriteMetrics.MeasureAsync("write", () => _gate.EnterAsync(cancellationToken));
        await using var context = Open(QueryTrackingBehavior.TrackAll);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var write = await MailWrite.BeginAsync(context, actor, clock.GetUtcNow(), cancellationToken);
        var result = await work(write);
        if (!result.Succeeded) return result;
        await write.CompleteAsync(cancellationToken);
        if (refuse(write) is { } refused) return refused;
        // Whoever leaves now cannot take it back: nobody could tell whether a cancelled commit was made, and the worker has to hear of it.
        await transaction.CommitAsync(CancellationToken.None);
        signals.Raise(write);
        return result;
    }

    /// <summary>
    /// For bookkeeping that does not change the model (leases, last logins, sessions, positions): one transaction without a change, audit
    /// or maps.
    /// </summary>
    public async Task<T> ExecuteWithoutAuditAsync<T>(Func<MailContext, Task<T>> work, CancellationToken cancellationToken = default)
    {
        using var turn = await WriteMetrics.MeasureAsync("write", () => _gate.EnterAsync(cancellationToken));
        await using var context = Open(QueryTrackingBehavior.TrackAll);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var result = await work(context);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return result;
    }

    private MailContext Open(QueryTrackingBehavior tracking)
    {
        var context = open();
        (context.Host, context.ChangeTracker.QueryTrackingBehavior) = (host, tracking);
        return context;
    }
}
