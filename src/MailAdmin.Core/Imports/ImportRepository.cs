using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Imports;

/// <param name="Username">The username of the account that it created or changed; null for an alias.</param>
public sealed record ImportRowView(ImportRow Row, string? Username);

/// <summary>Which rows a page shows.</summary>
public enum ImportFilter
{
    All,
    Wrong,
    Creates,
    Changes,
    Unchanged,
    Refused,
}

/// <summary>Reads imports, and what came of their rows.</summary>
public sealed class ImportRepository(MailDatabase database, ImportSecrets secrets)
{
    /// <summary>Null if it is unknown, or of another domain than the page.</summary>
    public async Task<(Import Import, ImportTotals Totals)?> FindAsync(
        long id, long? domainId, Actor actor, CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        var found = await context.Imports.Where(i => i.Id == id && i.DomainId == domainId)
            .Select(i => new { Import = i, Counts = ImportTotals.CountsOf(context, id).ToList() }).SingleOrDefaultAsync(cancellationToken);
        return found is not null && ImportService.IsOwn(found.Import, actor) ? (found.Import, ImportTotals.Of(found.Counts)) : null;
    }

    /// <summary>Of whatever domain, for the command line.</summary>
    public async Task<Import?> FindAnyAsync(long id, CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        return await context.Imports.SingleOrDefaultAsync(i => i.Id == id, cancellationToken);
    }

    /// <summary>The imports of a domain, or those of several domains, latest first.</summary>
    public async Task<IReadOnlyList<Import>> LatestAsync(long? domainId, CancellationToken cancellationToken = default)
    {
        const int shown = 10;
        await using var context = database.Open();
        return await context.Imports.Where(i => i.DomainId == domainId).OrderByDescending(i => i.Id).Take(shown)
            .ToListAsync(cancellationToken);
    }

    public async Task<ImportTotals> TotalsAsync(long id, CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        return await ImportTotals.OfAsync(context, id, cancellationToken);
    }

    /// <summary>One page of the rows, in the order of the list.</summary>
    public async Task<Page<ImportRowView>> RowsAsync(
        long id, ImportFilter filter, ImportTotals totals, int first, int size, CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        var total = totals.Of(filter);
        first = Paging.Clamp(first, size, total);
        var found = await Filtered(context.ImportRows.Where(r => r.ImportId == id), filter)
            .OrderBy(r => r.Line).ThenBy(r => r.Number).Skip(first).Take(size)
            .Select(r => new { Row = r, context.Accounts.FirstOrDefault(a => a.Id == r.AccountId)!.Username })
            .ToListAsync(cancellationToken);
        return new([.. found.Select(f => new ImportRowView(f.Row, f.Username?.Value))], first, size, total);
    }

    /// <summary>
    /// The rows that are wrong, or were refused and are still kept, with their cells as they were uploaded; for a list that its owner
    /// corrects and uploads again.
    /// </summary>
    public async Task<IReadOnlyList<(ImportRow Row, ListRow? Cells)>> WrongAsync(long id, CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        var rows = await context.ImportRows
            .Where(r => r.ImportId == id && (r.Action == ImportAction.Wrong || r.State == ImportRowState.Refused))
            .OrderBy(r => r.Line).ToListAsync(cancellationToken);
        return [.. rows.Select(r => (r, secrets.Open(r.Sealed, id, r.Number)))];
    }

    private static IQueryable<ImportRow> Filtered(IQueryable<ImportRow> rows, ImportFilter filter) => filter switch
    {
        ImportFilter.Wrong => rows.Where(r => r.Action == ImportAction.Wrong),
        ImportFilter.Creates => rows.Where(r => r.Action == ImportAction.Create),
        ImportFilter.Changes => rows.Where(r => r.Action == ImportAction.Change),
        ImportFilter.Unchanged => rows.Where(r => r.Action == ImportAction.Unchanged),
        ImportFilter.Refused => rows.Where(r => r.State == ImportRowState.Refused),
        _ => rows,
    };
}
