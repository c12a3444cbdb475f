using System.Globalization;

namespace MailAdmin.Web.Features.Shared;

/// <summary>A day in a sentence: 9 décembre 2026.</summary>
internal static class Dates
{
    public static string Day(this TimeProvider clock, DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, clock.LocalTimeZone).ToString("D", CultureInfo.CurrentCulture);
}
