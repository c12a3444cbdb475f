using System.Runtime.CompilerServices;
using MailAdmin.Core.Routing;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;

namespace MailAdmin.Core.Data;

/// <summary>
/// Reads each save of a transaction before it happens, so that no service can forget to report what it changes. The changes are attached to
/// the transaction and not to its context: contexts are pooled, and the next transaction of the same context starts empty.
/// </summary>
internal sealed class ChangeObserver : SaveChangesInterceptor
{
    private static readonly ConditionalWeakTable<IDbContextTransaction, ChangeSet> Transactions = new();

    public static ChangeObserver Instance { get; } = new();

    /// <summary>Starts to observe the context's current transaction.</summary>
    /// <returns>The transaction's changes; each save adds to them.</returns>
    public static ChangeSet Observe(MailContext context)
    {
        var changes = new ChangeSet();
        Transactions.Add(context.Database.CurrentTransaction!, changes);
        return changes;
    }

    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is MailContext { Database.CurrentTransaction: { } transaction } context
            && Transactions.TryGetValue(transaction, out var changes))
        {
            var saved = ChangeReaders.Read(context.ChangeTracker);
            changes.AddRange(saved);
            changes.AddRange(await DeletionCascade.ReadAsync(context, saved, cancellationToken));
        }
        return result;
    }
}
