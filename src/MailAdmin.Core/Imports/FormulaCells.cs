namespace MailAdmin.Core.Imports;

/// <summary>
/// Keeps a spreadsheet from running a cell as a formula: an apostrophe is put before it. Reading takes it away again, so that a list that
/// was exported and is imported is the same.
/// </summary>
public static class FormulaCells
{
    private const string Formulas = "=+-@\t\r";

    /// <summary>Adds an apostrophe if the text, after any apostrophes that it has, starts like a formula.</summary>
    public static string Guard(string text) => StartsLikeFormula(text) ? "'" + text : text;

    /// <summary>The text that <see cref="Guard"/> was given.</summary>
    public static string Unguard(string text) => text.StartsWith('\'') && StartsLikeFormula(text) ? text[1..] : text;

    private static bool StartsLikeFormula(string text)
    {
        var bare = text.AsSpan().TrimStart('\'');
        return bare.Length > 0 && Formulas.Contains(bare[0], StringComparison.Ordinal);
    }
}
