using System.Diagnostics.CodeAnalysis;
using System.Text;
using MailAdmin.Core.Results;

namespace MailAdmin.Core.Addresses;

/// <summary>
/// The part before the @ of a hosted address: a lower-case ASCII dot-atom (RFC 5322, section 3.2.3) of letters, digits and
/// <c>. _ - &amp; ' =</c>, at most 64 octets, not beginning with a hyphen. Other characters cause trouble in Postfix or in links.
/// </summary>
public sealed record LocalPart
{
    /// <summary>Maximum length in octets (RFC 5321, section 4.5.3.1.1).</summary>
    public const int MaxLength = 64;

    /// <summary>The characters allowed besides letters and digits, as the problem lists them.</summary>
    public const string Punctuation = ". _ - & ' =";

    private LocalPart(string value) => Value = value;

    public string Value { get; }

    /// <summary>Trims surrounding spaces and folds case; anything else that is not allowed is refused with its reason.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out LocalPart? part, [NotNullWhen(false)] out Problem? problem)
    {
        var folded = AsciiCase.Fold(TypedAddress.Trim(text));
        problem = FaultOf(folded);
        part = problem is null ? new LocalPart(folded) : null;
        return part is not null;
    }

    /// <summary>For local parts that are known to be valid: from the database, in tests.</summary>
    /// <exception cref="FormatException">The text is not a local part.</exception>
    public static LocalPart Parse(string text) =>
        TryParse(text, out var part, out _) ? part : throw new FormatException($"'{text}' is not a local part");

    public override string ToString() => Value;

    private static Problem? FaultOf(string text)
    {
        if (text.Length == 0) return AddressProblems.Missing;
        if (text is "*" or "%") return AddressProblems.CatchAll;
        var strange = string.Join(' ', text.EnumerateRunes().Where(r => !IsAllowed(r)).Distinct().Select(Show));
        if (strange.Length > 0) return AddressProblems.Characters(strange);
        if (text[0] == '-') return AddressProblems.LeadingHyphen;
        if (text[0] == '.' || text[^1] == '.' || text.Contains("..", StringComparison.Ordinal)) return AddressProblems.Dots;
        return text.Length > MaxLength ? AddressProblems.TooLong(MaxLength) : null;
    }

    private static bool IsAllowed(Rune rune) =>
        rune.IsAscii && ((char)rune.Value is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '.' or '_' or '-' or '&' or '\'' or '=');

    // An invisible character is shown as its code point.
    private static string Show(Rune rune) =>
        TypedAddress.IsInvisible(rune) || rune.Value == ' ' ? TypedAddress.NameOf(rune) : rune.ToString();
}

/// <summary>Reasons why a text is not an address, or not one that can be used here.</summary>
public static class AddressProblems
{
    public static Problem Missing { get; } = new("AddressMissing");
    public static Problem CatchAll { get; } = new("AddressCatchAll");
    public static Problem LeadingHyphen { get; } = new("AddressLeadingHyphen");
    public static Problem Dots { get; } = new("AddressDots");

    public static Problem Characters(string refused) => new("AddressCharacters", null, refused, LocalPart.Punctuation);

    public static Problem TooLong(int octets) => new("AddressTooLong", null, octets);

    public static Problem OtherDomain(string domain) => new("AddressOtherDomain", null, domain);

    public static Problem Malformed(string text) => new("AddressMalformed", null, text);

    internal const string InvisibleCode = "AddressInvisible";

    /// <param name="characters">Their code points, because the characters themselves are invisible.</param>
    public static Problem Invisible(string characters) => new("AddressInvisible", null, characters);

    public static Problem Guarded(string address) => new("AddressGuarded", null, address);

    public static Problem TakenByAccount(string address, string username) => new("AddressTakenByAccount", null, address, username);

    public static Problem TakenByAlias(string address) => new("AddressTakenByAlias", null, address);
}
