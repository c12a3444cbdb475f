using System.Globalization;
using System.Text;

namespace MailAdmin.Core.Addresses;

/// <summary>
/// What people type or paste where one address is asked for, before it is parsed. Every address field goes through here, so that a pasted
/// address is read the same way in each.
/// </summary>
public static class TypedAddress
{
    private const string Scheme = "mailto:";

    /// <summary>
    /// Leaves out what does not belong to the address: spaces and invisible characters around it, a name before <c>&lt;…&gt;</c>,
    /// <c>mailto:</c> with what follows its question mark.
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

    /// <summary>Without spaces and invisible characters at either end.</summary>
    public static string Trim(string? text)
    {
        var (from, to) = (0, text?.Length ?? 0);
        while (from < to && IsBlank(text![from])) from++;
        while (to > from && IsBlank(text![to - 1])) to--;
        return text?[from..to] ?? "";
    }

    /// <summary>By their code points, those characters within a text that nobody sees; null where there are none.</summary>
    public static string? InvisibleIn(string text)
    {
        var found = text.EnumerateRunes().Where(IsInvisible).Select(NameOf).Distinct(StringComparer.Ordinal).ToList();
        return found.Count == 0 ? null : string.Join(' ', found);
    }

    public static bool IsInvisible(Rune rune) =>
        Rune.IsControl(rune) || (Rune.IsWhiteSpace(rune) && rune.Value != ' ') || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format;

    /// <summary>As a character is named that can't be shown: <c>U+200B</c>.</summary>
    public static string NameOf(Rune rune) => string.Create(CultureInfo.InvariantCulture, $"U+{rune.Value:X4}");

    internal static bool IsBlank(char character) =>
        char.IsWhiteSpace(character) || (Rune.TryCreate(character, out var rune) && IsInvisible(rune));
}
