using System.Linq.Expressions;

namespace MailAdmin.Core.Data;

/// <summary>Which part of a list is asked for, and in which order.</summary>
/// <typeparam name="TSort">The columns that it can be sorted by; the first one is the list's usual order.</typeparam>
/// <param name="First">Position of the first row, from 0; one beyond the end means the last page.</param>
/// <param name="Size">Rows a page.</param>
/// <param name="Search">Text that the rows have to contain, taken literally; null asks for all.</param>
public sealed record ListRequest<TSort>(
    int First, int Size, TSort Sort = default, bool Descending = false, string? Search = null) where TSort : struct, Enum;

/// <summary>
/// Sorts before a page is cut out, so that the order is that of all rows. The caller ends it with a key that no two rows share.
/// </summary>
internal static class Sorting
{
    public static IOrderedQueryable<T> InOrder<T, TKey>(this IQueryable<T> rows, Expression<Func<T, TKey>> key, bool descending) =>
        descending ? rows.OrderByDescending(key) : rows.OrderBy(key);

    public static IOrderedQueryable<T> ThenInOrder<T, TKey>(
        this IOrderedQueryable<T> rows, Expression<Func<T, TKey>> key, bool descending) =>
        descending ? rows.ThenByDescending(key) : rows.ThenBy(key);
}
