using CsvHelper;
using MailAdmin.Core.Results;

namespace MailAdmin.Core.Imports;

/// <summary>
/// Reads a list of accounts and aliases: CSV with comma, semicolon or tab and headings in any order, lines with an address each, or lines
/// of a Postfix table. Nothing is checked but the shape of the list.
/// </summary>
public static class MailListParser
{
    /// <summary>The most rows of one list.</summary>
    public const int MaxRows = 20_000;

    /// <summary>The largest list, in MiB.</summary>
    public const int MaxMiB = 8;

    private static readonly char[] Separators = [';', '\t', ','];

    /// <param name="octets">A file.</param>
    public static Result<MailList> Read(ReadOnlySpan<byte> octets)
    {
        if (octets.Length > MaxMiB * 1024 * 1024) return ImportProblems.TooLarge(MaxMiB);
        var decoded = ListText.Decode(octets);
        return Read(decoded.Text, decoded.Encoding);
    }

    /// <param name="text">Pasted lines, or a file's text.</param>
    /// <param name="encoding">The file's encoding; null for pasted lines.</param>
    public static Result<MailList> Read(string text, string? encoding = null)
    {
        if (text.Length > MaxMiB * 1024 * 1024) return ImportProblems.TooLarge(MaxMiB);
        text = text.TrimStart('\uFEFF').Replace("\0", "", StringComparison.Ordinal);
        var list = MapLines.Matches(text)
            ? new MailList(encoding, null, [ListColumn.Address, ListColumn.Destinations], [], [.. MapLines.Read(text)])
            : ReadCsv(text, encoding);
        if (!list.Succeeded) return list;
        if (list.Value.Rows.Count > MaxRows) return ImportProblems.TooManyRows(MaxRows);
        return list.Value.Rows.Count == 0 ? ImportProblems.Empty : list;
    }

    private static Result<MailList> ReadCsv(string text, string? encoding)
    {
        var (told, skipped) = ToldSeparator(text);
        var separator = told ?? Separators.MaxBy(s => KnownHeadings(text, s));
        var open = 0;
        var records = Records(text[skipped..], separator, line => open = line).ToList();
        var offset = skipped > 0 ? 1 : 0;
        if (open > 0) return ImportProblems.QuoteOpen(open + offset);
        if (records.Count == 0) return ImportProblems.Empty;
        var columns = records[0].Fields.Select(f => ListColumns.Of(f)).ToList();
        if (columns.TrueForAll(c => c is null)) return WithoutHeadings(records, encoding, separator, offset);
        if (!columns.Contains(ListColumn.Address)) return ImportProblems.AddressColumnMissing;
        if (Twice(columns) is { } twice) return ImportProblems.ColumnTwice(records[0].Fields[columns.LastIndexOf(twice)]);
        var rows = records.Skip(1).Select(r => RowOf(r.Line + offset, r.Fields, columns)).ToList();
        var ignored = records[0].Fields.Where((f, i) => columns[i] is null && f.Trim().Length > 0).ToList();
        return new MailList(encoding, separator, [.. columns.OfType<ListColumn>()], ignored, rows);
    }

    // Each line's first column is the address. Anything else needs headings, because nobody can tell a password from a name.
    private static Result<MailList> WithoutHeadings(
        List<(int Line, List<string> Fields)> records, string? encoding, char separator, int offset)
    {
        if (records.FirstOrDefault(r => r.Fields.Skip(1).Any(f => f.Trim().Length > 0)) is { Fields: not null } more)
            return ImportProblems.HeadingsMissing(more.Line + offset);
        var rows = records.Select(r => RowOf(r.Line + offset, r.Fields, [ListColumn.Address])).ToList();
        return new MailList(encoding, separator, [ListColumn.Address], [], rows);
    }

    private static ListRow RowOf(int line, List<string> fields, List<ListColumn?> columns)
    {
        var cells = new Dictionary<ListColumn, string>();
        for (var i = 0; i < Math.Min(fields.Count, columns.Count); i++)
            if (columns[i] is { } column) cells[column] = FormulaCells.Unguard(fields[i]);
        return new(line, cells);
    }

    private static ListColumn? Twice(List<ListColumn?> columns) =>
        columns.OfType<ListColumn>().GroupBy(c => c).Where(g => g.Count() > 1).Select(g => (ListColumn?)g.Key).FirstOrDefault();

    // Without known headings the more frequent separator counts.
    private static int KnownHeadings(string text, char separator)
    {
        var first = Records(text, separator, _ => { }).Select(r => r.Fields).FirstOrDefault() ?? [];
        return (first.Count(f => ListColumns.Of(f) is not null) * 1_000) + Math.Min(first.Count, 999);
    }

    // Excel writes and reads a first line "sep=;".
    private static (char? Separator, int Length) ToldSeparator(string text)
    {
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        var first = (end < 0 ? text : text[..end]).Trim();
        return first.Length == 5 && first.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && Separators.Contains(first[4])
            ? (first[4], end < 0 ? text.Length : end + 1) : (null, 0);
    }

    private static IEnumerable<(int Line, List<string> Fields)> Records(string text, char separator, Action<int> isOpen)
    {
        using var reader = CsvReader.FromText(text, new CsvReaderOptions
        {
            Separator = separator,
            HasHeader = false,
            TrackLineNumbers = true,
            IncludeValuesInExceptions = false,
            OnMalformedRecord = record =>
            {
                if (record.Reason == CsvMalformedReason.UnterminatedQuote) isOpen((int)record.LineNumber);
            },
        });
        while (reader.Read())
        {
            var fields = Enumerable.Range(0, reader.FieldCount).Select(reader.GetString).ToList();
            if (fields.Exists(f => f.Trim().Length > 0)) yield return ((int)reader.LineNumber, fields);
        }
    }
}
