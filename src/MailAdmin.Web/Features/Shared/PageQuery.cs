namespace MailAdmin.Web.Features.Shared;

/// <summary>Which part of a list is asked for: <c>?first=10&amp;size=10</c>. What can't be read counts as not said.</summary>
public sealed class PageQuery
{
    private const int MaxSize = 100;

    public int? First { get; init; }

    public int? Size { get; init; }

    public int From => Math.Max(0, First ?? 0);

    /// <param name="usual">The admin's own page size.</param>
    public int SizeOr(int usual) => Math.Clamp(Size ?? usual, 1, MaxSize);
}
