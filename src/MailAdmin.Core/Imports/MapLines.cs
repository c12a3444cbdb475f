using System.Text.RegularExpressions;

namespace MailAdmin.Core.Imports;

/// <summary>
/// Lines of a Postfix table (virtual(5), aliases(5)): an address, then its destinations after space or a colon. A line that begins with
/// white space continues the one before it, and # begins a comment (postmap(1)).
/// </summary>
internal static partial class MapLines
{
    /// <summary>Whether the first line that is no comment has an address and then, without a separator of CSV, something else.</summary>
    public static bool Matches(string text) => Logical(text).Select(l => l.Text).FirstOrDefault() is { } first && Shape().IsMatch(first);

    public static IEnumerable<ListRow> Read(string text)
    {
        foreach (var (line, logical) in Logical(text))
        {
            var match = Shape().Match(logical);
            yield return new(line, new Dictionary<ListColumn, string>
            {
                [ListColumn.Kind] = "alias",
                [ListColumn.Address] = match.Success ? match.Groups["address"].Value : logical,
                [ListColumn.Destinations] = match.Success ? match.Groups["destinations"].Value.Trim() : "",
            });
        }
    }

    private static IEnumerable<(int Line, string Text)> Logical(string text)
    {
        var (start, logical) = (0, "");
        var number = 0;
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line) || line.TrimStart().StartsWith('#')) continue;
            var continues = char.IsWhiteSpace(line[0]) && logical.Length > 0;
            if (continues) logical += " " + line.Trim();
            else
            {
                if (logical.Length > 0) yield return (start, logical);
                (start, logical) = (number, line.Trim());
            }
        }
        if (logical.Length > 0) yield return (start, logical);
    }

    [GeneratedRegex(
        @"^(?<address>[^\s,;:""@]+@[^\s,;:""@]+)(\s*:\s*|\s+)(?<destinations>[^,;\s].*)$"
            + @"|^(?<address>[^\s,;:""@]+)\s*:\s+(?<destinations>\S.*)$",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Shape();
}
