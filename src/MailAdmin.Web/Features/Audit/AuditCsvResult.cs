using System.Globalization;
using CsvHelper;
using MailAdmin.Core.Audit;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Audit;

/// <summary>
/// Writes events as CSV (RFC 4180) while they are read. The file begins with a byte order mark, by which Excel recognizes UTF-8, and a
/// value that a spreadsheet would take for a formula gets a leading apostrophe.
/// </summary>
internal sealed class AuditCsvResult(IAsyncEnumerable<AuditEvent> events, TimeZoneInfo zone) : IActionResult
{
    private static readonly CsvWriterOptions Options = new() { WriteByteOrderMark = true, Injection = CsvInjection.Escape };

    public async Task ExecuteResultAsync(ActionContext context)
    {
        var (response, aborted) = (context.HttpContext.Response, context.HttpContext.RequestAborted);
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.ContentDisposition = "attachment; filename=\"audit.csv\"";
        await using var csv = CsvWriter.Create(response.Body, Options, leaveOpen: true);
        await csv.WriteRecordAsync(Heads, aborted);
        await foreach (var item in events) await csv.WriteRecordAsync(FieldsOf(item), aborted);
    }

    private static string[] Heads =>
    [
        AuditTexts.Event, AuditTexts.When, AuditTexts.Who, AuditTexts.Address, AuditTexts.What, AuditTexts.Kind, AuditTexts.Domain,
        AuditTexts.About,
        AuditTexts.Before, AuditTexts.After, AuditTexts.Change, AuditTexts.Hash,
    ];

    private string[] FieldsOf(AuditEvent item) =>
    [
        Number(item.Id), TimeZoneInfo.ConvertTime(item.At, zone)
            .ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture), item.ActorName,
        item.RemoteAddress ?? "", AuditKinds.TextOf(item.Kind), item.Kind, item.Domain ?? "", item.Subject,
        item.Before ?? "", item.After ?? "", Number(item.ChangeId), item.Hash,
    ];

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
