using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using MailAdmin.Web.Features.Languages;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Results;
using MailAdmin.Web.Commands.Install;
using MailAdmin.Web.Features.Doctor;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Tests.Shared;

[Trait("Lane", "unit")]
public sealed class TextsTests
{
    public static TheoryData<Type> Classes => [.. Texts.In(typeof(SharedTexts).Assembly)];

    public static TheoryData<string> Languages => [.. PanelLanguages.All.Select(l => l.Name)];

    [Theory, MemberData(nameof(Languages))]
    public void Every_problem_has_a_text_in_every_language(string language)
    {
        var texts = Texts.Read(typeof(ProblemTexts), language);

        foreach (var problem in Problems())
        {
            Assert.True(texts.TryGetValue(problem.Code, out var text), $"{problem.Code} has no text in {language}");
            Assert.All(Texts.PlaceholdersOf(text), place => Assert.True(place < problem.Args.Length, $"{problem.Code} has no argument {place}"));
        }
    }

    [Fact]
    public void No_problem_text_is_unused() =>
        Assert.Equal(
            Problems().Select(p => p.Code).Distinct()
                .Order(StringComparer.Ordinal), Texts.Read(typeof(ProblemTexts), "en").Keys.Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Classes))]
    public void Every_language_has_the_same_texts_with_the_same_places(Type texts)
    {
        var neutral = Texts.Read(texts, "en");
        foreach (var language in PanelLanguages.All.Select(l => l.Name))
        {
            var other = Texts.Read(texts, language);
            Assert.True(neutral.Keys.ToHashSet(StringComparer.Ordinal).SetEquals(other.Keys),
                $"{texts.Name} in {language}: missing {string.Join(", ", neutral.Keys.Except(other.Keys))}; not in English {string.Join(", ", other.Keys.Except(neutral.Keys))}");
            Assert.All(
                neutral, pair =>
                Assert.True(
                    Texts.PlaceholdersOf(pair.Value)
                        .SequenceEqual(Texts.PlaceholdersOf(other[pair.Key])), $"{texts.Name}.{pair.Key} in {language}: {other[pair.Key]}"));
            Assert.All(
                other, pair => Assert.False(string.IsNullOrWhiteSpace(pair.Value), $"{texts.Name}.{pair.Key} is empty in {language}"));
        }
    }

    [Theory, MemberData(nameof(Classes))]
    public void Every_plural_has_its_singular(Type texts)
    {
        var keys = Texts.Read(texts, "en").Keys;

        Assert.Equal(StemsOf("_one"), StemsOf("_other"));

        List<string> StemsOf(string ending) =>
            [.. keys.Where(k => k.EndsWith(ending, StringComparison.Ordinal)).Select(k => k[..^ending.Length])
                .Order(StringComparer.Ordinal)];
    }

    [Theory, MemberData(nameof(Classes))]
    public void Every_text_is_used_by_a_page_or_a_class(Type texts)
    {
        if (texts == typeof(ProblemTexts) || texts == typeof(FindingTexts) || texts == typeof(ObstacleTexts)) return;
        var sources = Directory.EnumerateFiles(SourceFiles.At("src", "MailAdmin.Web"), "*.cs*", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal))
                .Select(File.ReadAllText).ToList();

        foreach (var key in Texts.Read(texts, "en").Keys)
        {
            var uses = new Regex($@"\b{texts.Name}\.(?:Format)?{key}\b", RegexOptions.None, TimeSpan.FromSeconds(1));
            Assert.True(sources.Any(uses.IsMatch), $"{texts.Name}.{key} is used nowhere");
        }
    }

    [Theory]
    [InlineData("fr", "25 000 Ko")]
    [InlineData("en", "25,000 KB")]
    [InlineData("nl", "25.000 KB")]
    [InlineData("de", "25.000 KB")]
    public void Amounts_in_problems_are_shown_as_people_read_them(string language, string amount)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);

        var text = Web.Features.Shared.Problems.TextOf(QuotaProblems.AboveDomainMaximum(new Quota(25_000)));

        Assert.Contains(amount, string.Concat(text.Select(c => char.IsWhiteSpace(c) ? ' ' : c)), StringComparison.Ordinal);
    }

    // Every member of every …Problems class: a factory is called with sample arguments.
    private static List<Problem> Problems()
    {
        Assembly[] assemblies = [typeof(Problem).Assembly, typeof(FormProblems).Assembly];
        var classes = assemblies.SelectMany(a => a.GetTypes()).Where(t => t.Name.EndsWith("Problems", StringComparison.Ordinal)).ToList();
        Assert.True(classes.Count > 5);
        const BindingFlags all = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var fixedOnes = classes.SelectMany(c => c.GetProperties(all)).Where(p => p.PropertyType == typeof(Problem))
            .Select(p => (Problem)p.GetValue(null)!);
        var made = classes.SelectMany(c => c.GetMethods(all)).Where(m => !m.IsSpecialName && m.ReturnType == typeof(Problem))
            .Select(m => (Problem)m.Invoke(null, [.. m.GetParameters().Select(p => Sample(p.ParameterType))])!);
        return [.. fixedOnes, .. made];
    }

    private static object? Sample(Type type) =>
        type == typeof(string) ? "sample" : type.IsValueType ? Activator.CreateInstance(type) : null;
}
