using System.Globalization;
using System.Text.RegularExpressions;

namespace MailAdmin.Web.Features.Shared;

/// <summary>Days and times in the reader's language: <c>mardi 1er décembre 2026</c>.</summary>
internal static partial class Dates
{
    /// <param name="format">A standard or custom format of .NET.</param>
    public static string Say(DateTime at, string format) => AsSpoken(at.ToString(format, CultureInfo.CurrentCulture));

    public static string Say(DateOnly day, string format) => AsSpoken(day.ToString(format, CultureInfo.CurrentCulture));

    // French uses the ordinal number for the first of a month, which .NET's formats don't support.
    private static string AsSpoken(string text) =>
        CultureInfo.CurrentCulture.TwoLetterISOLanguageName == "fr" ? FirstOfMonth().Replace(text, "1er") : text;

    [GeneratedRegex(@"\b1(?=\s\p{L})", RegexOptions.None, 100)]
    private static partial Regex FirstOfMonth();
}
