using System.Globalization;
using System.Text;

namespace MailAdmin.Core.Passwords;

/// <summary>
/// Gives passwords that look the same the same form: the profile OpaqueString of PRECIS (RFC 8265, section 4.2). Keyboards produce é as one
/// character or as two, and a space as one of seventeen characters; a user who set a password on one keyboard has to be able to sign in
/// from another.
/// </summary>
public static class OpaqueString
{
    // Characters that are displayed as nothing although their categories do not say so: joiners and fillers of Hangul, Khmer and Mongolian.
    private const string InvisibleLetters = "\u034F\u115F\u1160\u17B4\u17B5\u180B\u180C\u180D\u180E\u180F\u3164\uFFA0";

    /// <summary>
    /// Replaces every kind of space by U+0020, then applies NFC. Text that cannot be normalized (a lone surrogate) is unchanged.
    /// </summary>
    public static string Normalize(string text)
    {
        var spaced = string.Concat(text.Select(c => char.GetUnicodeCategory(c) == UnicodeCategory.SpaceSeparator ? ' ' : c));
        try
        {
            return spaced.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            return text;
        }
    }

    /// <summary>Whether one of its characters is displayed as nothing, so that nobody can see it.</summary>
    public static bool HasInvisible(string text) => text.EnumerateRunes().Any(IsInvisible);

    private static bool IsInvisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || rune.Value is >= 0xFE00 and <= 0xFE0F or >= 0xE0100 and <= 0xE01EF
        || (rune.IsBmp && InvisibleLetters.Contains((char)rune.Value, StringComparison.Ordinal));
}
