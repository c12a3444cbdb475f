using MailAdmin.Core.Data;

namespace MailAdmin.Web.Features.Shared;

/// <summary>The foot of a list, for <c>_Pager</c>.</summary>
/// <param name="Total">How many there are, in words: "Comptes au total : 7".</param>
/// <param name="SizeInQuery">The size has to stay in the links: it is not the admin's own.</param>
/// <param name="Search">What was looked for stays in the links as well; null for nothing.</param>
public sealed record Pager(string Total, int First, int Last, int Size, int? Previous, int? Next, bool SizeInQuery, string? Search)
{
    public static Pager Of<T>(Page<T> page, string total, PageQuery query, string? search = null) => new(
        total, page.First + 1, page.First + page.Rows.Count, page.Size, page.HasPrevious ? page.PreviousFirst : null,
        page.HasNext ? page.NextFirst : null, query.Size is not null, search);

    public string LinkTo(int first) =>
        $"?first={first}{(SizeInQuery ? $"&size={Size}" : "")}{(string.IsNullOrEmpty(Search) ? "" : $"&q={Uri.EscapeDataString(Search)}")}";
}
