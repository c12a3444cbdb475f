using System.Runtime.CompilerServices;
using MailAdmin.Core.Routing;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;

namespace MailAdmin.Core.Data;

/// <summary>
/// Looks at each save of a transaction before it happens, so that no service can forget to say what it changes. What it has seen belongs to
/// the transaction and not to its context: contexts are pooled, and the next transaction of the same one starts from nothing.
/// </summary>
internal sealed class ChangeObserver : SaveChangesInterceptor
{
    private static readonly ConditionalWeakTable<IDbContextTransaction, ChangeSet> Transactions = new();

    public static ChangeObserver Instance { get; } = new();

    /// <summary>Observes the context's present transaction from now on.</summary>
    /// <returns>What the transaction changes; each save adds to it.</returns>
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
