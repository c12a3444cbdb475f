namespace MailAdmin.Web.Features.Shared;

/// <summary>The requested part of a list: <c>?first=10&amp;size=10</c>. Values that can't be parsed are ignored.</summary>
public class PageQuery
{
    private const int MaxSize = 100;

    public int? First { get; init; }

    public int? Size { get; init; }

    public int From => Math.Max(0, First ?? 0);

    /// <summary>The query parameters that all links of the list keep.</summary>
    public virtual QueryString Kept =>
        Size is { } size ? Pair("size", size.ToString(System.Globalization.CultureInfo.InvariantCulture)) : QueryString.Empty;

    /// <param name="usual">The admin's page size.</param>
    public int SizeOr(int usual) => Math.Clamp(Size ?? usual, 1, MaxSize);

    /// <summary>A link to the page that begins with this row.</summary>
    public string LinkTo(int first) => Kept.Add("first", first.ToString(System.Globalization.CultureInfo.InvariantCulture)).ToString();

    protected static QueryString Pair(string name, string? value) =>
        string.IsNullOrEmpty(value) ? QueryString.Empty : QueryString.Create(name, value);
}
