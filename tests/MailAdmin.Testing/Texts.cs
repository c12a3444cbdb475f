using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Resources;
using System.Text.RegularExpressions;

namespace MailAdmin.Testing;

/// <summary>
/// All texts of an assembly as they are in it, so that the tests cover a new class of texts or a new language at once.
/// </summary>
public static partial class Texts
{
    /// <summary>Each <c>…Texts</c> class of the assembly that is made from a resx.</summary>
    public static IReadOnlyList<Type> In(Assembly assembly) =>
        [.. assembly.GetTypes().Where(t => t.Name.EndsWith("Texts", StringComparison.Ordinal) && ManagerOf(t) is not null)];

    /// <summary>Keys and texts in one language, without falling back to another.</summary>
    public static Dictionary<string, string> Read(Type texts, string language)
    {
        // English is the neutral language: its texts are in the assembly itself.
        var culture = language == "en" ? CultureInfo.InvariantCulture : CultureInfo.GetCultureInfo(language);
        var set = ManagerOf(texts)!.GetResourceSet(culture, createIfNotExists: true, tryParents: false);
        Assert.True(set is not null, $"{texts.Name} has no {language}");
        return set.Cast<DictionaryEntry>().ToDictionary(e => (string)e.Key, e => (string)e.Value!, StringComparer.Ordinal);
    }

    /// <summary>The numbers of the text's {0}, {1}…, each once.</summary>
    public static List<int> PlaceholdersOf(string text) =>
        [.. Places().Matches(text).Select(m => int.Parse(m.Groups["place"].Value, CultureInfo.InvariantCulture)).Distinct().Order()];

    private static ResourceManager? ManagerOf(Type texts) =>
        texts.GetProperty("ResourceManager", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) as ResourceManager;

    [GeneratedRegex(@"\{(?<place>[0-9]+)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Places();
}
