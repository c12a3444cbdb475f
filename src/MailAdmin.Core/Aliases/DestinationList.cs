using System.Text.RegularExpressions;
using MailAdmin.Core.Addresses;

namespace MailAdmin.Core.Aliases;

/// <summary>
/// Splits the text of a destination field: one destination per line, or separated by commas, semicolons, tabs or spaces. Display names are
/// dropped, both as in RFC 5322, section 3.4 (<c>"Dupont, Gugus" &lt;gugus@exemple.be&gt;</c>) and without the quotes
/// (<c>Dupont, Gugus &lt;…&gt;</c>). Several words without an @ stay together, so that <see cref="DestinationParser"/> reports one problem
/// rather than one for each word.
/// </summary>
public static partial class DestinationList
{
    public static IReadOnlyList<string> Split(string? text) =>
        [.. Lines().Split(text ?? "").SelectMany(ItemsOf).Select(TypedAddress.Clean).Where(item => item.Length > 0)];

    private static IEnumerable<string> ItemsOf(string line)
    {
        var items = Items().Matches(line);
        for (var i = 0; i < items.Count; i++)
        {
            if (!IsNameBefore(line, items, i)) foreach (var item in AddressesIn(items[i].Value)) yield return item;
        }
    }

    // In "Dupont, Gugus <gugus@exemple.be>" without quotes, the text before the comma is a display name and not a destination. A username
    // there is still a destination.
    private static bool IsNameBefore(string line, MatchCollection items, int index)
    {
        var (item, text) = (items[index], items[index].Value.Trim());
        var end = item.Index + item.Length;
        var isBeforeName = index + 1 < items.Count && line[end] == ',' && Named().IsMatch(items[index + 1].Value);
        return isBeforeName && !text.Contains('@', StringComparison.Ordinal) && !Username().IsMatch(text);
    }

    // An angle bracket contains the address, and the text before it is the display name.
    private static IEnumerable<string> AddressesIn(string item)
    {
        var bracketed = Bracketed().Matches(item);
        if (bracketed.Count > 0) return bracketed.Select(b => b.Groups["address"].Value);
        var words = Spaces().Split(item).Where(word => word.Length > 0);
        return item.Contains('@', StringComparison.Ordinal) ? words : [string.Join(' ', words)];
    }

    [GeneratedRegex("[\r\n\v\f\u0085\u2028\u2029]+", RegexOptions.None, 1000)]
    private static partial Regex Lines();

    // A separator within quotes is part of a display name if a bracket follows.
    [GeneratedRegex("""(?:"[^"]*"(?=\s*<)|[^,;\t])+""", RegexOptions.None, 1000)]
    private static partial Regex Items();

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Spaces();

    [GeneratedRegex("<(?<address>[^<>]+)>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Bracketed();

    [GeneratedRegex(@"^\s*[^<>@\s][^<>@]*<[^<>]+>", RegexOptions.None, 1000)]
    private static partial Regex Named();

    [GeneratedRegex("^[a-z0-9._-]+$", RegexOptions.None, 1000)]
    private static partial Regex Username();
}
