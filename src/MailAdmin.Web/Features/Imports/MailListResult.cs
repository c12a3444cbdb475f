using MailAdmin.Core.Domains;
using MailAdmin.Core.Imports;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Imports;

/// <summary>An export of domains as a file; without password hashes, which only the command line exports.</summary>
internal sealed class MailListResult(MailListExport export, IReadOnlyCollection<MailDomain> domains, string name) : IActionResult
{
    public Task ExecuteResultAsync(ActionContext context)
    {
        CsvFile.Begin(context.HttpContext.Response, name);
        return export.WriteAsync(context.HttpContext.Response.Body, domains, withHashes: false, context.HttpContext.RequestAborted);
    }
}

/// <summary>Rows that were not carried out, with their cells as long as these are kept, to be corrected and uploaded again.</summary>
internal sealed class WrongRowsResult(IReadOnlyList<(ImportRow Row, ListRow? Cells)> rows) : IActionResult
{
    // Not a heading that an import knows, so that the column is ignored.
    private const string Reason = "reason";

    public Task ExecuteResultAsync(ActionContext context)
    {
        CsvFile.Begin(context.HttpContext.Response, "wrong-rows");
        ListColumn[] columns = [.. rows.SelectMany(r => r.Cells?.Cells.Keys ?? []).Append(ListColumn.Address).Distinct().Order()];
        return MailListCsv.WriteAsync(
            context.HttpContext.Response.Body, columns.Select(ListColumns.HeadingOf).Append(Reason),
            rows.Select(r => columns.Select(c => CellOf(r.Row, r.Cells, c)).Append(ImportText.ReasonOf(r.Row))),
            context.HttpContext.RequestAborted);
    }

    private static string CellOf(ImportRow row, ListRow? cells, ListColumn column) =>
        cells?[column] ?? (column == ListColumn.Address ? row.Subject : "");
}

internal static class CsvFile
{
    public static void Begin(HttpResponse response, string name)
    {
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.ContentDisposition = $"attachment; filename=\"{name}.csv\"";
    }
}
