using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Imports;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Features.Imports;

/// <param name="File">A file; it takes precedence over the text.</param>
/// <param name="Text">Pasted lines.</param>
/// <param name="Passwords">Passwords also replace those of existing accounts.</param>
public sealed record ImportForm(IFormFile? File, string? Text, bool Passwords);

/// <param name="Hours">Lifetime of the links in hours.</param>
public sealed record ImportLinksForm(int? Hours, string? Language);

/// <summary>The page where a list is uploaded.</summary>
/// <param name="Domain">Null if the list may have several domains.</param>
public sealed record NewImportPage(MailDomain? Domain, IReadOnlyList<Import> Latest, ImportForm Form)
{
    public ImportRoutes To => Routes.Import(Domain?.Name);
}

/// <summary>What a list would do, and then what came of it.</summary>
public sealed record ImportPage(
    MailDomain? Domain, Import Import, ImportTotals Totals, Page<ImportRowView> Rows, ImportFilter Filter, ImportQuery Query)
{
    public ImportRoutes To => Routes.Import(Domain?.Name);

    public bool IsRunning => Import.State == ImportState.Running;
}

/// <summary>Which rows the page shows: <c>?rows=wrong</c>.</summary>
public sealed class ImportQuery : PageQuery
{
    public string? Rows { get; init; }

    public ImportFilter Filter =>
        Enum.TryParse<ImportFilter>(Rows, ignoreCase: true, out var filter) && Enum.IsDefined(filter) ? filter : default;

    public override QueryString Kept =>
        Pair("rows", Filter == default ? null : Filter.ToString().ToLowerInvariant()) + base.Kept;
}

/// <param name="Passwords">Shown once.</param>
public sealed record ImportSheetsPage(MailDomain? Domain, long Id, IReadOnlyList<GeneratedPassword> Passwords)
{
    public ImportRoutes To => Routes.Import(Domain?.Name);
}

/// <param name="Links">Each account with its whole link; shown once.</param>
public sealed record ImportLinksPage(MailDomain? Domain, long Id, IReadOnlyList<(GeneratedLink Made, Uri Link)> Links)
{
    public ImportRoutes To => Routes.Import(Domain?.Name);
}
