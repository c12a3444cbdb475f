using System.Globalization;

namespace MailAdmin.Web.Features.Shared;

/// <summary>Whole numbers in the reader's language: 25 000.</summary>
internal static class Numbers
{
    public static string Shown(this int number) => Shown((long)number);

    public static string Shown(this long number) => number.ToString("N0", CultureInfo.CurrentCulture);
}
