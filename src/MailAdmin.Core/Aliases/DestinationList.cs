using System.Text.RegularExpressions;

namespace MailAdmin.Core.Aliases;

/// <summary>
/// Takes apart what people paste into a destination field: one a line, or separated by commas, semicolons or spaces; with names as mail programs
/// write them (<c>"Dupont, Gugus" &lt;gugus@exemple.be&gt;</c>, RFC 5322 section 3.4), which are left out. Blank items are nothing.
/// </summary>
public static partial class DestinationList
{
    private static readonly char[] Spaces = [' ', '\t', '\u00a0'];

    public static IReadOnlyList<string> Split(string? text) => [.. Items().Matches(text ?? "").SelectMany(item => AddressesIn(item.Value))];

    // What is in angle brackets is the address, what stands before it the name.
    private static IEnumerable<string> AddressesIn(string item)
    {
        var bracketed = Bracketed().Matches(item);
        return bracketed.Count > 0
            ? bracketed.Select(b => b.Groups["address"].Value.Trim())
            : item.Split(Spaces, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    // A separator within quotes is part of a name, when a bracket follows them.
    [GeneratedRegex("""(?:"[^"\r\n]*"(?=[ \t]*<)|[^\r\n,;])+""", RegexOptions.None, 1000)]
    private static partial Regex Items();

    [GeneratedRegex("<(?<address>[^<>]+)>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Bracketed();
}
