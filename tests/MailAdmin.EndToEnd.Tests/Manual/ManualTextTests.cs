using System.Reflection;
using System.Text.RegularExpressions;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.EndToEnd.Tests.Manual;

/// <summary>Compares the manual's text with its pictures, when they are taken, and with the panel's own texts.</summary>
[Collection(nameof(Readers)), Chapter(99)]
public sealed partial class ManualTextTests
{
    public static TheoryData<string> Languages => [.. ManualFolder.All];

    [Fact]
    public void Both_languages_have_the_same_chapters_with_the_same_pictures()
    {
        var french = Chapters("fr").ToDictionary(c => c.Name, c => Pictures(c.Text), StringComparer.Ordinal);

        foreach (var (name, text) in Chapters("en"))
        {
            Assert.True(french.Remove(name, out var pictures), $"fr/{name} is missing");
            Assert.Equal(pictures, Pictures(text));
        }
        Assert.Empty(french.Keys);
    }

    [Theory, MemberData(nameof(Languages))]
    public void Every_picture_is_that_of_a_test_and_every_figure_is_shown(string language)
    {
        var figures = GetType().Assembly.GetTypes().SelectMany(t => t.GetMethods())
            .Select(m => m.GetCustomAttribute<FigureAttribute>()?.Name + ".png").Where(f => f != ".png").ToList();
        var shown = Chapters(language).SelectMany(c => Pictures(c.Text)).ToList();

        Assert.Equal(figures.Count, figures.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(figures.Order(StringComparer.Ordinal), shown.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.All(
            shown, picture => Assert.True(File.Exists(Path.Combine(ManualFolder.Of(language), picture)), $"{picture} was not taken"));
    }

    [Theory, MemberData(nameof(Languages))]
    public void Every_picture_says_what_it_shows_and_every_link_leads_somewhere(string language)
    {
        foreach (var (name, text) in Chapters(language))
        {
            Assert.DoesNotContain("![]", text, StringComparison.Ordinal);
            foreach (Match link in Links().Matches(text))
                Assert.True(File.Exists(Path.Combine(ManualFolder.Of(language), link.Groups["to"].Value)), $"{name}: {link.Value}");
        }
    }

    [Theory, MemberData(nameof(Languages))]
    public void The_contents_name_every_chapter(string language)
    {
        var contents = Links().Matches(Chapters(language).Single(c => c.Name == "README.md").Text).Select(m => m.Groups["to"].Value)
            .ToHashSet(StringComparer.Ordinal);

        Assert.All(Chapters(language).Where(c => c.Name != "README.md"), chapter => Assert.Contains(chapter.Name, contents));
    }

    [Theory, MemberData(nameof(Languages))]
    public void Words_in_bold_are_on_the_screen(string language)
    {
        var words = Texts.In(typeof(SharedTexts).Assembly).SelectMany(c => Texts.Read(c, language).Values)
            .Select(Plain).Where(w => w.Length > 1)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var patterns = words.Where(w => w.Contains("{0}", StringComparison.Ordinal) && w.Count(char.IsLetter) > 3)
            .Select(w => new Regex("^" + Places().Replace(Regex.Escape(w), ".+") + "$", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1)))
                .ToList();

        foreach (var (name, text) in Chapters(language))
        {
            foreach (var bold in Bold().Matches(text).Select(m => Plain(m.Groups["word"].Value)))
                Assert.True(
                    words.Contains(bold) || patterns.Exists(p => p.IsMatch(bold)), $"{language}/{name}: the panel says '{bold}' nowhere");
        }
    }

    [Fact]
    public void The_French_text_is_set_as_French_is()
    {
        foreach (var (name, text) in Chapters("fr"))
            Assert.True(PlainSpace().Match(text) is { Success: false }, $"{name}: {PlainSpace().Match(text).Value}");
    }

    private static List<(string Name, string Text)> Chapters(string language) =>
        [.. Directory.EnumerateFiles(ManualFolder.Of(language), "*.md")
            .Select(f => (Path.GetFileName(f), Code().Replace(File.ReadAllText(f), "code")))];

    private static List<string> Pictures(string text) =>
        [.. Links().Matches(text).Select(m => m.Groups["to"].Value).Where(to => to.EndsWith(".png", StringComparison.Ordinal))];

    // Ignores the spaces and line ends between words.
    private static string Plain(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    [GeneratedRegex(@"\]\((?<to>[^)#:]+)\)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Links();

    [GeneratedRegex(@"\*\*(?<word>[^*]+)\*\*", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Bold();

    [GeneratedRegex("`[^`\n]+`", RegexOptions.None, 1_000)]
    private static partial Regex Code();

    [GeneratedRegex(@"\\\{[0-9]+}", RegexOptions.None, 1_000)]
    private static partial Regex Places();

    [GeneratedRegex(@".{0,20}(\S [:;!?»]|« ).{0,10}", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex PlainSpace();
}
