namespace MailAdmin.Web.Features.Shared;

/// <summary>Which part of a list is asked for: <c>?first=10&amp;size=10</c>. What can't be read counts as not said.</summary>
public class PageQuery
{
    private const int MaxSize = 100;

    public int? First { get; init; }

    public int? Size { get; init; }

    public int From => Math.Max(0, First ?? 0);

    /// <summary>What stays in the list's links, whichever page they lead to.</summary>
    public virtual QueryString Kept =>
        Size is { } size ? Pair("size", size.ToString(System.Globalization.CultureInfo.InvariantCulture)) : QueryString.Empty;

    /// <param name="usual">The admin's own page size.</param>
    public int SizeOr(int usual) => Math.Clamp(Size ?? usual, 1, MaxSize);

    /// <summary>The page that begins with this row.</summary>
    public string LinkTo(int first) => Kept.Add("first", first.ToString(System.Globalization.CultureInfo.InvariantCulture)).ToString();

    protected static QueryString Pair(string name, string? value) =>
        string.IsNullOrEmpty(value) ? QueryString.Empty : QueryString.Create(name, value);
}
