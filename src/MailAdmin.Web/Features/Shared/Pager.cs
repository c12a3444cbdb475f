using MailAdmin.Core.Data;

namespace MailAdmin.Web.Features.Shared;

/// <summary>The foot of a list, for <c>_Pager</c>.</summary>
/// <param name="Total">How many there are, in words: "Comptes au total : 7".</param>
/// <param name="Query">What the links keep: search, order and size.</param>
public sealed record Pager(string Total, int First, int Last, int Size, int? Previous, int? Next, PageQuery Query)
{
    public static Pager Of<T>(Page<T> page, string total, PageQuery query) => new(
        total, page.First + 1, page.First + page.Rows.Count, page.Size, page.HasPrevious ? page.PreviousFirst : null,
        page.HasNext ? page.NextFirst : null, query);

    public string LinkTo(int first) => Query.LinkTo(first);
}
