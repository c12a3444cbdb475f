namespace MailAdmin.Core.Addresses;

/// <summary>
/// Folds A to Z and nothing else. The framework's own folding turns the Kelvin sign (U+212A) into a k, so that a forbidden character would
/// become an allowed one.
/// </summary>
internal static class AsciiCase
{
    public static string Fold(string text) =>
        string.Create(text.Length, text, static (folded, source) =>
        {
            for (var i = 0; i < source.Length; i++) folded[i] = char.IsAsciiLetterUpper(source[i]) ? (char)(source[i] | 0x20) : source[i];
        });
}
