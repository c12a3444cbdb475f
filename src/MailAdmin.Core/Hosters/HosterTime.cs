using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Hosters;

/// <summary>Days as the hoster and his customers count them.</summary>
public static class HosterTime
{
    /// <summary>The zone of the hoster's settings, or else this machine's.</summary>
    internal static async Task<TimeZoneInfo> ZoneAsync(MailContext context, CancellationToken cancellationToken = default) =>
        ZoneOf(await context.Hosters.Select(h => h.TimeZone).SingleOrDefaultAsync(cancellationToken));

    /// <param name="name">An IANA name as <c>Europe/Brussels</c>. What is none, or null, is this machine's.</param>
    public static TimeZoneInfo ZoneOf(string? name) => name is not null && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : TimeZoneInfo.Local;

    public static DateOnly DateOf(DateTimeOffset instant, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);

    /// <summary>When the day begins, with the offset from UTC that holds then.</summary>
    public static DateTimeOffset StartOf(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new(midnight, zone.GetUtcOffset(midnight));
    }
}
