using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Results;

namespace MailAdmin.Core.Domains;

/// <summary>
/// A mail domain's name: stored as A-labels in lower case (RFC 5890), displayed as U-labels. Two spellings of one name are equal.
/// </summary>
public sealed record DomainName
{
    /// <summary>Maximum length in octets (RFC 1035, section 3.1, without the root's dot).</summary>
    public const int MaxLength = 253;

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    private DomainName(string value) => Value = value;

    /// <summary>
    /// A-labels, lower case, without a final dot: <c>xn--t-cafe-exa.example</c>. This form is used in maps, IMAP and the database.
    /// </summary>
    public string Value { get; }

    /// <summary>U-labels, for display.</summary>
    public string Display => Idn.GetUnicode(Value);

    /// <summary>
    /// The sort key in lists: U-labels without accents, so that <c>été.example</c> is sorted between <c>esel</c> and <c>eul</c>.
    /// </summary>
    public string Reading =>
        new([.. Display.Normalize(NormalizationForm.FormD)
            .Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)]);

    public bool IsSubdomainOf(DomainName parent) => Value.EndsWith("." + parent.Value, StringComparison.Ordinal);

    /// <summary>Parses either spelling, in any case, with or without a final dot and surrounding spaces.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out DomainName? name, [NotNullWhen(false)] out Problem? problem)
    {
        (name, problem) = (null, null);
        var trimmed = TypedAddress.Trim(text);
        if (trimmed.EndsWith('.')) trimmed = trimmed[..^1];
        if (trimmed.Length == 0) problem = DomainNameProblems.Missing;
        else if (ToALabels(trimmed) is { } labels && IsHostName(labels)) name = new DomainName(labels);
        else problem = TypedAddress.InvisibleIn(trimmed) is { } invisible
            ? AddressProblems.Invisible(invisible) : DomainNameProblems.Malformed(trimmed);
        return name is not null;
    }

    public static bool TryParse(string? text, [NotNullWhen(true)] out DomainName? name) => TryParse(text, out name, out _);

    /// <summary>For names that are known to be valid: from the database, in tests.</summary>
    /// <exception cref="FormatException">The text is not a domain name.</exception>
    public static DomainName Parse(string text) =>
        TryParse(text, out var name) ? name : throw new FormatException($"'{text}' is not a domain name");

    public override string ToString() => Value;

    // Converting in both directions refuses text that only looks like an A-label (xn--a-k1) and names with two A-label spellings.
    private static string? ToALabels(string text)
    {
        try
        {
            var ascii = Idn.GetAscii(text).ToLowerInvariant();
            return string.Equals(Idn.GetAscii(Idn.GetUnicode(ascii)), ascii, StringComparison.Ordinal) ? ascii : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static bool IsHostName(string ascii)
    {
        var labels = ascii.Split('.');
        return ascii.Length <= MaxLength && labels.Length >= 2 && labels.All(IsLabel) && !labels[^1].All(char.IsAsciiDigit);
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= 63 && label[0] != '-' && label[^1] != '-'
        && label.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}

/// <summary>Reasons why a text is not a domain name.</summary>
public static class DomainNameProblems
{
    public static Problem Missing { get; } = new("DomainMissing");

    public static Problem Malformed(string text) => new("DomainMalformed", null, text);
}
