using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using MailAdmin.Web.Features.Accounts;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Tests.Shared;

/// <summary>
/// Asserts which text of the panel a page shows, by the text's key. A better translation then breaks no test; the words themselves are held
/// by <see cref="GlossaryTests"/>.
/// </summary>
internal static partial class Said
{
    /// <param name="text">
    /// A text in the language of the test, such as <c>AccountTexts.DeletedUntil</c>. Something has to stand at each of its places {0}, {1}.
    /// </param>
    /// <param name="page">What the page shows.</param>
    /// <param name="places">What has to stand at the places, in their order; null for anything.</param>
    public static void In(string text, string page, params object?[] places) =>
        Assert.True(Is(text, page, places), $"“{text}” is not said in: {page}");

    /// <inheritdoc cref="In"/>
    public static void NotIn(string text, string page, params object?[] places) =>
        Assert.False(Is(text, page, places), $"“{text}” is said in: {page}");

    /// <inheritdoc cref="In"/>
    public static bool Is(string text, string page, params object?[] places)
    {
        var pattern = Places().Replace(
            Regex.Escape(Plain(text)).Replace(@"\{", "{", StringComparison.Ordinal), place =>
            places.ElementAtOrDefault(int.Parse(place.Groups["place"].Value, CultureInfo.InvariantCulture)) is { } given
                ? Regex.Escape(Plain(Convert.ToString(given, CultureInfo.CurrentCulture)!))
                : ".+?");
        return Regex.IsMatch(Plain(page), pattern, RegexOptions.Singleline, TimeSpan.FromSeconds(5));
    }

    /// <summary>The text of a problem in the language of the test.</summary>
    /// <param name="code">Its code, such as <c>nameof(ProblemTexts.AddressMissing)</c>.</param>
    /// <param name="language">Another language than the test's.</param>
    public static string Problem(string code, string? language = null) =>
        Text(ProblemTexts.ResourceManager, code, language ?? CultureInfo.CurrentUICulture.Name);

    /// <summary>A text in another language than the test's.</summary>
    public static string Text(ResourceManager texts, string key, string language) =>
        texts.GetString(key, CultureInfo.GetCultureInfo(language))!;

    // Texts have no-break spaces, which some pages show as usual ones.
    private static string Plain(string text) => Spaces().Replace(text, " ");

    [GeneratedRegex(@"\{(?<place>[0-9]+)[^}]*\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Places();

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Spaces();
}
