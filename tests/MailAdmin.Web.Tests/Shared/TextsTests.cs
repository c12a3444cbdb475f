using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Resources;
using System.Text.RegularExpressions;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Results;
using MailAdmin.Web.Features.Languages;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Tests.Shared;

public sealed partial class TextsTests
{
    public static TheoryData<Type> Classes => [.. typeof(SharedTexts).Assembly.GetTypes().Where(t => t.Name.EndsWith("Texts", StringComparison.Ordinal) && ManagerOf(t) is not null)];

    public static TheoryData<string> Languages => [.. PanelLanguages.All.Select(c => c.Name)];

    [Theory, MemberData(nameof(Languages))]
    public void Every_problem_has_a_text_in_every_language(string language)
    {
        var texts = Read(typeof(ProblemTexts), language);

        foreach (var problem in Problems())
        {
            Assert.True(texts.TryGetValue(problem.Code, out var text), $"{problem.Code} has no text in {language}");
            var places = Places().Matches(text).Select(m => int.Parse(m.Groups["place"].Value, CultureInfo.InvariantCulture));
            Assert.All(places, place => Assert.True(place < problem.Args.Length, $"{problem.Code} has no argument {place}"));
        }
    }

    [Fact]
    public void No_problem_text_is_unused() =>
        Assert.Equal(Problems().Select(p => p.Code).Distinct().Order(StringComparer.Ordinal), Read(typeof(ProblemTexts), "en").Keys.Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Classes))]
    public void Every_language_has_the_same_texts_with_the_same_places(Type texts)
    {
        var neutral = Read(texts, "en");
        foreach (var culture in PanelLanguages.All.Skip(1))
        {
            var other = Read(texts, culture.Name);
            Assert.Equal(neutral.Keys.Order(StringComparer.Ordinal), other.Keys.Order(StringComparer.Ordinal));
            Assert.All(neutral, pair => Assert.Equal(PlacesOf(pair.Value), PlacesOf(other[pair.Key])));
        }
    }

    [Theory, MemberData(nameof(Classes))]
    public void Every_text_is_used_by_a_page_or_a_class(Type texts)
    {
        if (texts == typeof(ProblemTexts)) return;
        var sources = Directory.EnumerateFiles(SourceFolder(), "*.cs*", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal)).Select(File.ReadAllText).ToList();

        foreach (var key in Read(texts, "en").Keys)
        {
            var uses = new Regex($@"\b{texts.Name}\.(?:Format)?{key}\b", RegexOptions.None, TimeSpan.FromSeconds(1));
            Assert.True(sources.Any(uses.IsMatch), $"{texts.Name}.{key} is used nowhere");
        }
    }

    [Fact]
    public void Amounts_in_problems_are_shown_as_people_read_them()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("fr");

        var text = Web.Features.Shared.Problems.TextOf(QuotaProblems.AboveDomainMaximum(new Quota(25_000)));

        Assert.Contains("25000Ko", string.Concat(text.Where(c => !char.IsWhiteSpace(c))), StringComparison.Ordinal);
    }

    // Every member of every …Problems class of Core and of the forms: a factory is called with sample arguments.
    private static List<Problem> Problems()
    {
        var classes = typeof(Problem).Assembly.GetTypes().Append(typeof(FormProblems)).Where(t => t.Name.EndsWith("Problems", StringComparison.Ordinal)).ToList();
        Assert.True(classes.Count > 5);
        const BindingFlags all = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var fixedOnes = classes.SelectMany(c => c.GetProperties(all)).Where(p => p.PropertyType == typeof(Problem)).Select(p => (Problem)p.GetValue(null)!);
        var made = classes.SelectMany(c => c.GetMethods(all)).Where(m => !m.IsSpecialName && m.ReturnType == typeof(Problem))
            .Select(m => (Problem)m.Invoke(null, [.. m.GetParameters().Select(p => Sample(p.ParameterType))])!);
        return [.. fixedOnes, .. made];
    }

    private static object? Sample(Type type) => type == typeof(string) ? "sample" : type.IsValueType ? Activator.CreateInstance(type) : null;

    private static Dictionary<string, string> Read(Type texts, string language)
    {
        // English is the neutral language: its texts are in the assembly itself.
        var culture = language == "en" ? CultureInfo.InvariantCulture : CultureInfo.GetCultureInfo(language);
        var set = ManagerOf(texts)!.GetResourceSet(culture, createIfNotExists: true, tryParents: false);
        Assert.NotNull(set);
        return set.Cast<DictionaryEntry>().ToDictionary(e => (string)e.Key, e => (string)e.Value!, StringComparer.Ordinal);
    }

    private static ResourceManager? ManagerOf(Type texts) => texts.GetProperty("ResourceManager", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) as ResourceManager;

    private static List<string> PlacesOf(string text) => [.. Places().Matches(text).Select(m => m.Value).Distinct().Order(StringComparer.Ordinal)];

    private static string SourceFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MailAdmin.sln"))) folder = folder.Parent!;
        return Path.Combine(folder.FullName, "src", "MailAdmin.Web");
    }

    [GeneratedRegex(@"\{(?<place>[0-9]+)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Places();
}
