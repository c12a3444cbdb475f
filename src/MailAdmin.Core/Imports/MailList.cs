using MailAdmin.Core.Results;

namespace MailAdmin.Core.Imports;

/// <summary>One row of a list as it was read; nothing is checked yet.</summary>
/// <param name="Line">The first line of the row in the file or the pasted text, from 1.</param>
public sealed record ListRow(int Line, IReadOnlyDictionary<ListColumn, string> Cells)
{
    /// <summary>The cell's text; empty if the list has no such column.</summary>
    public string this[ListColumn column] => Cells.GetValueOrDefault(column, "");

    /// <summary>Without the cells, because they may contain passwords.</summary>
    public override string ToString() => $"line {Line}";
}

/// <param name="Encoding">The encoding that was detected; null for pasted text.</param>
/// <param name="Separator">Comma, semicolon or tab; null for lines of a Postfix table.</param>
/// <param name="Columns">The columns that were understood, in their order.</param>
/// <param name="Ignored">Headings that were not understood; their columns are not used.</param>
public sealed record MailList(
    string? Encoding, char? Separator, IReadOnlyList<ListColumn> Columns, IReadOnlyList<string> Ignored, IReadOnlyList<ListRow> Rows);

/// <summary>Reasons why a list as a whole, or a row of it, cannot be used.</summary>
public static class ImportProblems
{
    public static Problem Empty { get; } = new("ImportEmpty", "File");

    public static Problem HeadingsMissing(int line) => new("ImportHeadingsMissing", "File", line);

    public static Problem AddressColumnMissing { get; } = new("ImportAddressColumnMissing", "File");

    public static Problem ColumnTwice(string heading) => new("ImportColumnTwice", "File", heading);

    public static Problem QuoteOpen(int line) => new("ImportQuoteOpen", "File", line);

    public static Problem TooLarge(int mib) => new("ImportTooLarge", "File", mib);

    public static Problem TooManyRows(int max) => new("ImportTooManyRows", "File", max);

    public static Problem NotFound { get; } = new("ImportNotFound");

    /// <summary>It was started, finished or discarded already.</summary>
    public static Problem Over { get; } = new("ImportOver");

    public static Problem NothingToDo { get; } = new("ImportNothingToDo");

    public static Problem RowTwice(int line) => new("ImportRowTwice", null, line);

    public static Problem KindUnknown(string text) => new("ImportKindUnknown", null, text);

    public static Problem DomainUnknown(string domain) => new("ImportDomainUnknown", null, domain);

    public static Problem DomainMissing { get; } = new("ImportDomainMissing");

    public static Problem HashUnknown { get; } = new("ImportHashUnknown");

    public static Problem DestinationsMissing { get; } = new("ImportDestinationsMissing");

    public static Problem CopyUnknown(string text) => new("ImportCopyUnknown", null, text);

    public static Problem CopyWithoutRedirect { get; } = new("ImportCopyWithoutRedirect");

    public static Problem NotOfAliases(string heading) => new("ImportNotOfAliases", null, heading);

    public static Problem NotOfAccounts(string heading) => new("ImportNotOfAccounts", null, heading);

    /// <summary>In a domain with numbered usernames only a superuser may bring one.</summary>
    public static Problem UsernameNumbered { get; } = new("ImportUsernameNumbered");

    public static Problem UsernameOfOther(string username, string address) => new("ImportUsernameOfOther", null, username, address);

    /// <summary>The admin may not do this any more.</summary>
    public static Problem NotPermitted { get; } = new("ImportNotPermitted");

    /// <summary>The key that sealed the row is gone.</summary>
    public static Problem KeyLost { get; } = new("ImportKeyLost");

    /// <summary>The database refused the row.</summary>
    public static Problem Failed { get; } = new("ImportFailed");
}
