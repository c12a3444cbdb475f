using MailAdmin.Core.Data;

namespace MailAdmin.Web.Features.Shared;

/// <summary>
/// The query of a list that can be searched and sorted: <c>?q=gugus&amp;sort=quota&amp;dir=desc</c>. The columns are the members of an
/// enum; an unknown name means the first one, which is the list's default order.
/// </summary>
public sealed class ListQuery : PageQuery
{
    private const string Down = "desc";

    public string? Q { get; init; }

    public string? Sort { get; init; }

    public string? Dir { get; init; }

    /// <summary>The search term, or null.</summary>
    public string? Search => string.IsNullOrWhiteSpace(Q) ? null : Q.Trim();

    public bool IsDescending => string.Equals(Dir, Down, StringComparison.OrdinalIgnoreCase);

    public override QueryString Kept => Pair("q", Search) + Pair("sort", Sort) + Pair("dir", IsDescending ? Down : null) + base.Kept;

    /// <param name="usual">The admin's page size.</param>
    public ListRequest<TSort> For<TSort>(int usual) where TSort : struct, Enum =>
        new(From, SizeOr(usual), Enum.Parse<TSort>(ColumnOf(typeof(TSort))), IsDescending, Search);

    public bool IsSortedBy(Enum column) => ColumnOf(column.GetType()) == column.ToString();

    /// <summary>A link to the first page of the list sorted by this column; in reverse order if it is sorted by it already.</summary>
    public string LinkToSort(Enum column)
    {
        var link = Pair("q", Search) + Pair("sort", column.ToString().ToLowerInvariant());
        return (link + Pair("dir", IsSortedBy(column) && !IsDescending ? Down : null) + base.Kept).ToString();
    }

    private string ColumnOf(Type columns)
    {
        var names = Enum.GetNames(columns);
        return names.FirstOrDefault(n => string.Equals(n, Sort, StringComparison.OrdinalIgnoreCase)) ?? names[0];
    }
}
