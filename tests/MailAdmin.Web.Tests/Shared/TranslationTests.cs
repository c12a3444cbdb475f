using System.Text.RegularExpressions;
using MailAdmin.Web.Features.Languages;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Tests.Shared;

/// <summary>Checks of a translation that do not need to understand it.</summary>
[Trait("Lane", "unit")]
public sealed class TranslationTests
{
    private const RegexOptions Plain = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    // Names that no language translates, and the words that each language shares with English.
    private static readonly string[] Names = ["MailAdmin", "KB", "MB", "GB", "IMAP", "POP3", "SMTP", "Sieve", "TLS", "DNS", "Alias", "Logo",
        "Webmail", "h", "min"];

    private static readonly Dictionary<string, string[]> Shared = new(StringComparer.Ordinal)
    {
        ["fr"] = ["Action", "Actions", "Active", "Destination", "Destinations", "Image", "Message", "Messages", "Navigation", "Pages",
            "Port", "Quota", "Quotas", "Redirection", "Redirections", "Services", "Support", "Type", "a", "destination",
            "destinations", "n", "support"],
        ["nl"] = ["Account", "Accounts", "Catch", "Database", "Hoster", "Mail", "Mailbox", "Maximum", "Passkeys", "Prefix", "Server",
            "Support", "Token", "account", "all", "catch", "filters", "maximum", "per", "support"],
        ["de"] = ["Catch", "Domain", "Domains", "Hoster", "Name", "Navigation", "Passkeys", "Port", "Problem", "Quota", "Quotas", "Server",
            "Support", "Token", "all"],
    };

    // Typographic errors in the language.
    private static readonly Dictionary<string, string[]> Faults = new(StringComparer.Ordinal)
    {
        ["every"] = [@"\p{L}'", @"""[\p{L}{]", @"[\p{L}}]""", @"\.\.\.", @"  ", @"[\p{L}}] (,|\.$)"],
        ["en"] = ["[«»„]", " [:;!?]"],
        ["fr"] = ["[“”„]", @"[^\u00A0\u202F][;!?»]", @"[^\u00A0\u202F]:(\s|$)", @"«[^\u00A0\u202F]"],
        ["nl"] = ["[«»“”„]", " [:;!?]"],
        ["de"] = ["[«»”‘]", "[^„]*“[^„]*“", "„[^“]*(„|$)", " [:;!?]"],
    };

    public static TheoryData<string> Languages => [.. PanelLanguages.All.Select(l => l.Name)];

    public static TheoryData<string> Others => [.. PanelLanguages.All.Select(l => l.Name).Where(l => l != "en")];

    [Theory, MemberData(nameof(Others))]
    public void No_text_was_left_in_english(string language)
    {
        string[] allowed = [.. Names, .. Shared[language]];
        foreach (var texts in Texts.In(typeof(SharedTexts).Assembly))
        {
            var english = Texts.Read(texts, "en");
            foreach (var (key, text) in Texts.Read(texts, language).Where(t => t.Value == english[t.Key]))
            {
                var words = Regex.Matches(text, @"\p{L}[\p{L}0-9]*", Plain, Soon).Select(m => m.Value);
                Assert.All(
                    words, word =>
                    Assert.True(allowed.Contains(word, StringComparer.Ordinal), $"{texts.Name}.{key} in {language}: “{text}”"));
            }
        }
    }

    [Theory, MemberData(nameof(Languages))]
    public void Every_text_is_set_as_its_language_is_printed(string language)
    {
        foreach (var texts in Texts.In(typeof(SharedTexts).Assembly))
        {
            foreach (var (key, text) in Texts.Read(texts, language))
            {
                Assert.All(
                    [.. Faults["every"], .. Faults[language]], fault =>
                    Assert.False(Regex.IsMatch(text, fault, Plain, Soon), $"{texts.Name}.{key} in {language}, {fault}: {text}"));
            }
        }
    }

    [Theory, MemberData(nameof(Others))]
    public void A_sentence_stays_a_sentence(string language)
    {
        foreach (var texts in Texts.In(typeof(SharedTexts).Assembly))
        {
            var english = Texts.Read(texts, "en");
            Assert.All(
                Texts.Read(texts, language), t =>
                Assert.True(EndOf(t.Value) == EndOf(english[t.Key]), $"{texts.Name}.{t.Key} in {language}: {t.Value}"));
        }
    }

    // French puts a no-break space before a question mark and a colon.
    private static char? EndOf(string text) => text.TrimEnd('\u00A0', '\u202F') is [.., ('.' or ':' or '?') and var end] ? end : null;
}
