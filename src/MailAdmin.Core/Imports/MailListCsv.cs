using CsvHelper;

namespace MailAdmin.Core.Imports;

/// <summary>
/// Writes lists as CSV: with semicolons, as spreadsheets in most of Europe expect, UTF-8 with a byte order mark, by which Excel recognizes
/// it, and with cells that a spreadsheet would run as formulas made harmless (<see cref="FormulaCells"/>).
/// </summary>
public static class MailListCsv
{
    private static readonly CsvWriterOptions Options = new() { Separator = ';', WriteByteOrderMark = true };

    public static async Task WriteAsync(
        Stream stream, IEnumerable<string> headings, IEnumerable<IEnumerable<string>> rows, CancellationToken cancellationToken)
    {
        await using var csv = CsvWriter.Create(stream, Options, leaveOpen: true);
        await csv.WriteRecordAsync([.. headings], cancellationToken);
        foreach (var row in rows) await csv.WriteRecordAsync([.. row.Select(FormulaCells.Guard)], cancellationToken);
    }
}
