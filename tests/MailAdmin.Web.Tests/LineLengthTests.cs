using System.Globalization;
using System.Text.RegularExpressions;
using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests;

/// <summary>Lines are no longer than .editorconfig says. Neither the compiler nor <c>dotnet format</c> checks that.</summary>
[Trait("Lane", "unit")]
public sealed partial class LineLengthTests
{
    [Fact]
    public void No_line_is_longer_than_the_editor_is_told()
    {
        var setting = File.ReadLines(Path.Combine(SourceFiles.Root, ".editorconfig"))
            .Single(l => l.StartsWith("max_line_length", StringComparison.Ordinal));
        var longest = int.Parse(setting.Split('=')[1], CultureInfo.InvariantCulture);

        var found = from file in SourceFiles.Below("src", "tests")
                    from line in CodeLines(File.ReadAllText(file))
                    where line.Text.Length > longest
                    select $"{Path.GetRelativePath(SourceFiles.Root, file)}:{line.Number}";

        Assert.Empty(found);
    }

    // A text is not broken because of the line length: SQL, configuration, a sentence.
    private static IEnumerable<(int Number, string Text)> CodeLines(string source) =>
        RawText().Replace(source, raw => new string('\n', raw.Value.Count(c => c == '\n')))
            .Split('\n').Select((line, i) => (i + 1, Text().Replace(line, "\"\"")));

    [GeneratedRegex("""(?<quotes>"{3,}).*?\k<quotes>""", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RawText();

    [GeneratedRegex("""
        "(\\.|[^"\\])*"
        """, RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Text();
}
