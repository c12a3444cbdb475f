using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Hosters;

/// <summary>Days in the hoster's time zone.</summary>
public static class HosterTime
{
    private const string Utc = "UTC";

    /// <summary>The time zone of the hoster's settings, otherwise this machine's.</summary>
    internal static async Task<TimeZoneInfo> ZoneAsync(MailContext context, CancellationToken cancellationToken = default) =>
        ZoneOf(await context.Hosters.Select(h => h.TimeZone).SingleOrDefaultAsync(cancellationToken));

    /// <param name="name">An IANA name such as <c>Europe/Brussels</c>. Null or an unknown name means this machine's.</param>
    public static TimeZoneInfo ZoneOf(string? name) =>
        IanaOf(name) is { } iana && TimeZoneInfo.TryFindSystemTimeZoneById(iana, out var zone) ? zone : TimeZoneInfo.Local;

    /// <summary>The names that are offered for choice.</summary>
    public static IReadOnlyList<string> ZoneNames { get; } =
        [.. TimeZoneInfo.GetSystemTimeZones().Select(z => z.Id)
            .Where(n => n.Contains('/', StringComparison.Ordinal) && !n.StartsWith("Etc/", StringComparison.Ordinal)).Append(Utc)
                .Order(StringComparer.Ordinal)];

    /// <summary>Whether it is an IANA name. Windows names are refused, because mail programs and people use IANA names.</summary>
    public static bool IsZone(string name) => !IsOfWindows(name) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out _);

    /// <summary>The IANA name of a stored time zone. Older versions accepted Windows names; these are converted.</summary>
    public static string? IanaOf(string? name) =>
        name is not null && IsOfWindows(name) && TimeZoneInfo.TryConvertWindowsIdToIanaId(name, out var iana) ? iana : name;

    public static DateOnly DateOf(DateTimeOffset instant, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);

    /// <summary>The beginning of the day, with the offset from UTC at that time.</summary>
    public static DateTimeOffset StartOf(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new(midnight, zone.GetUtcOffset(midnight));
    }

    // UTC is a name in both lists.
    private static bool IsOfWindows(string name) => name != Utc && TimeZoneInfo.TryConvertWindowsIdToIanaId(name, out _);
}
