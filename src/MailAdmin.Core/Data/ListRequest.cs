using System.Linq.Expressions;

namespace MailAdmin.Core.Data;

/// <summary>The part of a list that is requested, and its order.</summary>
/// <typeparam name="TSort">The columns that the list can be sorted by; the first one is its default order.</typeparam>
/// <param name="First">Position of the first row, from 0; a position beyond the end means the last page.</param>
/// <param name="Size">Rows per page.</param>
/// <param name="Search">Text that the rows have to contain, taken literally; null for all rows.</param>
public sealed record ListRequest<TSort>(
    int First, int Size, TSort Sort = default, bool Descending = false, string? Search = null) where TSort : struct, Enum;

/// <summary>
/// Sorts before the page is cut out, so that the order applies to all rows. The caller appends a unique key as the last one.
/// </summary>
internal static class Sorting
{
    public static IOrderedQueryable<T> InOrder<T, TKey>(this IQueryable<T> rows, Expression<Func<T, TKey>> key, bool descending) =>
        descending ? rows.OrderByDescending(key) : rows.OrderBy(key);

    public static IOrderedQueryable<T> ThenInOrder<T, TKey>(
        this IOrderedQueryable<T> rows, Expression<Func<T, TKey>> key, bool descending) =>
        descending ? rows.ThenByDescending(key) : rows.ThenBy(key);
}
