using System.Globalization;
using System.Text;

namespace MailAdmin.Core.Addresses;

/// <summary>
/// User input, typed or pasted, where one address is expected, before it is parsed. Every address field uses this class, so that a pasted
/// address is read the same way everywhere.
/// </summary>
public static class TypedAddress
{
    private const string Scheme = "mailto:";

    /// <summary>
    /// Removes what does not belong to the address: surrounding spaces and invisible characters, a name before <c>&lt;…&gt;</c>, and
    /// <c>mailto:</c> with the part after its question mark.
    /// </summary>
    public static string Clean(string? text)
    {
        var address = Trim(text);
        if (address.EndsWith('>') && address.LastIndexOf('<') is >= 0 and var open && address.IndexOf('@', open) > open)
            address = Trim(address[(open + 1)..^1]);
        if (!address.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return address;
        var query = address.IndexOf('?', StringComparison.Ordinal);
        return Trim(Uri.UnescapeDataString(query < 0 ? address[Scheme.Length..] : address[Scheme.Length..query]));
    }

    /// <summary>Removes spaces and invisible characters at either end.</summary>
    public static string Trim(string? text)
    {
        var (from, to) = (0, text?.Length ?? 0);
        while (from < to && IsBlank(text![from])) from++;
        while (to > from && IsBlank(text![to - 1])) to--;
        return text?[from..to] ?? "";
    }

    /// <summary>The code points of invisible characters within a text; null if there are none.</summary>
    public static string? InvisibleIn(string text)
    {
        var found = text.EnumerateRunes().Where(IsInvisible).Select(NameOf).Distinct(StringComparer.Ordinal).ToList();
        return found.Count == 0 ? null : string.Join(' ', found);
    }

    public static bool IsInvisible(Rune rune) =>
        Rune.IsControl(rune) || (Rune.IsWhiteSpace(rune) && rune.Value != ' ') || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format;

    /// <summary>The name of a character that cannot be shown: <c>U+200B</c>.</summary>
    public static string NameOf(Rune rune) => string.Create(CultureInfo.InvariantCulture, $"U+{rune.Value:X4}");

    internal static bool IsBlank(char character) =>
        char.IsWhiteSpace(character) || (Rune.TryCreate(character, out var rune) && IsInvisible(rune));
}
