using System.Diagnostics.CodeAnalysis;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Results;

namespace MailAdmin.Core.Domains;

/// <summary>
/// The first part of a domain's usernames (manual, chapter 1): lower-case letters, digits and hyphens, beginning with a letter, at most 32
/// characters. Dots and slashes are not allowed, because some Cyrus servers use them as hierarchy separators.
/// </summary>
public sealed record Prefix
{
    public const int MaxLength = 32;

    private Prefix(string value) => Value = value;

    public string Value { get; }

    public static bool TryParse(string? text, [NotNullWhen(true)] out Prefix? prefix, [NotNullWhen(false)] out Problem? problem)
    {
        var folded = AsciiCase.Fold(TypedAddress.Trim(text));
        problem = folded.Length == 0 ? PrefixProblems.Missing : IsShaped(folded) ? null : PrefixProblems.Malformed(folded);
        prefix = problem is null ? new Prefix(folded) : null;
        return prefix is not null;
    }

    /// <exception cref="FormatException">The text is not a prefix.</exception>
    public static Prefix Parse(string text) =>
        TryParse(text, out var prefix, out _) ? prefix : throw new FormatException($"'{text}' is not a prefix");

    public override string ToString() => Value;

    private static bool IsShaped(string text) =>
        text.Length <= MaxLength && char.IsAsciiLetterLower(text[0]) && text[^1] != '-'
        && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}

/// <summary>Reasons why a text cannot be a prefix.</summary>
public static class PrefixProblems
{
    public static Problem Missing { get; } = new("PrefixMissing");

    public static Problem Malformed(string text) => new("PrefixMalformed", null, text);

    public static Problem Taken(string text) => new("PrefixTaken", null, text);
}
