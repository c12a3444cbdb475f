namespace MailAdmin.Core.Addresses;

/// <summary>
/// Folds A to Z and nothing else. The framework's own folding turns the Kelvin sign (U+212A) into a k, by which a character that is refused
/// would slip in as one that is allowed.
/// </summary>
internal static class AsciiCase
{
    public static string Fold(string text) =>
        string.Create(text.Length, text, static (folded, source) =>
        {
            for (var i = 0; i < source.Length; i++) folded[i] = char.IsAsciiLetterUpper(source[i]) ? (char)(source[i] | 0x20) : source[i];
        });
}
