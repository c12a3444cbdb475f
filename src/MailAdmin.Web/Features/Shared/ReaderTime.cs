using MailAdmin.Core.Hosters;
using MailAdmin.Web.Features.Sessions;

namespace MailAdmin.Web.Features.Shared;

/// <summary>Times in the reader's time zone: the admin's own, or else the hoster's. All pages and exports use it.</summary>
public sealed class ReaderTime(TimeZoneInfo zone, TimeZoneInfo hosters, TimeProvider clock)
{
    internal static ReaderTime Of(IServiceProvider services)
    {
        var hosters = HosterTime.ZoneOf(services.GetRequiredService<HosterRepository>().Current.TimeZone);
        var own = services.GetRequiredService<CurrentAdmin>().SignedIn?.TimeZone;
        return new(own is null ? hosters : HosterTime.ZoneOf(own), hosters, services.GetRequiredService<TimeProvider>());
    }

    public TimeZoneInfo Zone => zone;

    /// <summary>The name of the hoster's zone, by which vacations begin and end; null if the reader's zone is the same.</summary>
    public string? OtherZone => hosters.HasSameRules(zone) ? null : NameOf(hosters);

    /// <summary>The zone's usual name: Europe/Brussels, UTC.</summary>
    public static string NameOf(TimeZoneInfo zone) => zone.HasSameRules(TimeZoneInfo.Utc) ? TimeZoneInfo.Utc.Id : zone.Id;

    public DateTime Now => Of(clock.GetUtcNow());

    /// <summary>Today in the hoster's zone, by which vacations begin and end.</summary>
    public DateOnly HosterDay => HosterTime.DateOf(clock.GetUtcNow(), hosters);

    public DateTime Of(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone).DateTime;

    /// <summary>A day for use in a sentence: 9 décembre 2026.</summary>
    public string Day(DateTimeOffset at) => Dates.Say(Of(at), "D");
}
