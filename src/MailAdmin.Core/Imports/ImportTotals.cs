using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Imports;

/// <summary>How many rows do what, and how far an import is.</summary>
/// <param name="Done">Rows that were carried out.</param>
/// <param name="Refused">Rows that were refused when they were carried out.</param>
/// <param name="Left">Rows that wait.</param>
/// <param name="Passwords">Generated passwords that nobody fetched yet.</param>
public sealed record ImportTotals(int Creates, int Changes, int Unchanged, int Wrong, int Done, int Refused, int Left, int Passwords)
{
    public int Rows => Creates + Changes + Unchanged + Wrong;

    /// <summary>Rows that are to be carried out, or were.</summary>
    public int Planned => Creates + Changes;

    internal int Of(ImportFilter filter) => filter switch
    {
        ImportFilter.Wrong => Wrong,
        ImportFilter.Creates => Creates,
        ImportFilter.Changes => Changes,
        ImportFilter.Unchanged => Unchanged,
        ImportFilter.Refused => Refused,
        _ => Rows,
    };

    internal static async Task<ImportTotals> OfAsync(MailContext context, long id, CancellationToken cancellationToken = default) =>
        Of(await CountsOf(context, id).ToListAsync(cancellationToken));

    internal static IQueryable<ImportCount> CountsOf(MailContext context, long id) => context.ImportRows.Where(r => r.ImportId == id)
        .GroupBy(r => new { r.Action, r.State, HasPassword = r.Password != null })
        .Select(g => new ImportCount { Action = g.Key.Action, State = g.Key.State, HasPassword = g.Key.HasPassword, Count = g.Count() });

    internal static ImportTotals Of(IReadOnlyCollection<ImportCount> counts)
    {
        int Of(ImportAction action) => counts.Where(c => c.Action == action).Sum(c => c.Count);
        int In(params ImportRowState[] states) => counts.Where(c => states.Contains(c.State)).Sum(c => c.Count);
        return new(
            Of(ImportAction.Create), Of(ImportAction.Change), Of(ImportAction.Unchanged), Of(ImportAction.Wrong), In(ImportRowState.Done),
            In(ImportRowState.Refused), In(ImportRowState.Waiting, ImportRowState.RedirectWaiting),
            counts.Where(c => c.HasPassword).Sum(c => c.Count));
    }
}

/// <summary>How many rows of an import have an action and a state.</summary>
internal sealed class ImportCount
{
    public ImportAction Action { get; init; }

    public ImportRowState State { get; init; }

    public bool HasPassword { get; init; }

    public int Count { get; init; }
}
