using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Hosters;

/// <summary>Days as the hoster and their customers count them.</summary>
public static class HosterTime
{
    private const string Utc = "UTC";

    /// <summary>The zone of the hoster's settings, or else this machine's.</summary>
    internal static async Task<TimeZoneInfo> ZoneAsync(MailContext context, CancellationToken cancellationToken = default) =>
        ZoneOf(await context.Hosters.Select(h => h.TimeZone).SingleOrDefaultAsync(cancellationToken));

    /// <param name="name">An IANA name as <c>Europe/Brussels</c>. What is none, or null, is this machine's.</param>
    public static TimeZoneInfo ZoneOf(string? name) =>
        IanaOf(name) is { } iana && TimeZoneInfo.TryFindSystemTimeZoneById(iana, out var zone) ? zone : TimeZoneInfo.Local;

    /// <summary>The names that a person may choose from.</summary>
    public static IReadOnlyList<string> ZoneNames { get; } =
        [.. TimeZoneInfo.GetSystemTimeZones().Select(z => z.Id)
            .Where(n => n.Contains('/', StringComparison.Ordinal) && !n.StartsWith("Etc/", StringComparison.Ordinal)).Append(Utc)
                .Order(StringComparer.Ordinal)];

    /// <summary>Whether it is an IANA name. Windows names are not: mail programs and people know others.</summary>
    public static bool IsZone(string name) => !IsOfWindows(name) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out _);

    /// <summary>A zone's name as it was stored. Names of Windows were taken once; they stand for the IANA name of their place.</summary>
    public static string? IanaOf(string? name) =>
        name is not null && IsOfWindows(name) && TimeZoneInfo.TryConvertWindowsIdToIanaId(name, out var iana) ? iana : name;

    public static DateOnly DateOf(DateTimeOffset instant, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);

    /// <summary>When the day begins, with the offset from UTC that holds then.</summary>
    public static DateTimeOffset StartOf(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new(midnight, zone.GetUtcOffset(midnight));
    }

    // UTC is a name of both.
    private static bool IsOfWindows(string name) => name != Utc && TimeZoneInfo.TryConvertWindowsIdToIanaId(name, out _);
}
