using MailAdmin.Core.Data;

namespace MailAdmin.Web.Features.Shared;

/// <summary>The model of <c>_Pager</c>: the foot of a list.</summary>
/// <param name="Total">The total, as a text: "Comptes au total : 7".</param>
/// <param name="Query">The parameters that the links keep: search, order and size.</param>
public sealed record Pager(string Total, int First, int Last, int Size, int? Previous, int? Next, PageQuery Query)
{
    public static Pager Of<T>(Page<T> page, string total, PageQuery query) => new(
        total, page.First + 1, page.First + page.Rows.Count, page.Size, page.HasPrevious ? page.PreviousFirst : null,
        page.HasNext ? page.NextFirst : null, query);

    public string LinkTo(int first) => Query.LinkTo(first);
}
