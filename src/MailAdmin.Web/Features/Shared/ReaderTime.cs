using MailAdmin.Core.Hosters;
using MailAdmin.Web.Features.Sessions;

namespace MailAdmin.Web.Features.Shared;

/// <summary>
/// Times as the reader counts them: in the admin's own zone, or else the hoster's. Every page and export shows times by this.
/// </summary>
public sealed class ReaderTime(TimeZoneInfo zone, TimeZoneInfo hosters, TimeProvider clock)
{
    internal static ReaderTime Of(IServiceProvider services)
    {
        var hosters = HosterTime.ZoneOf(services.GetRequiredService<HosterRepository>().Current.TimeZone);
        var own = services.GetRequiredService<CurrentAdmin>().SignedIn?.TimeZone;
        return new(own is null ? hosters : HosterTime.ZoneOf(own), hosters, services.GetRequiredService<TimeProvider>());
    }

    public TimeZoneInfo Zone => zone;

    /// <summary>
    /// The hoster's zone by name, where it is not the reader's: vacations begin and end by it. Null where there is nothing to say.
    /// </summary>
    public string? OtherZone => hosters.HasSameRules(zone) ? null : NameOf(hosters);

    /// <summary>As people know it: Europe/Brussels, UTC.</summary>
    public static string NameOf(TimeZoneInfo zone) => zone.HasSameRules(TimeZoneInfo.Utc) ? TimeZoneInfo.Utc.Id : zone.Id;

    public DateTime Now => Of(clock.GetUtcNow());

    /// <summary>The day in the hoster's zone, by which vacations begin and end.</summary>
    public DateOnly HosterDay => HosterTime.DateOf(clock.GetUtcNow(), hosters);

    public DateTime Of(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone).DateTime;

    /// <summary>A day in a sentence: 9 décembre 2026.</summary>
    public string Day(DateTimeOffset at) => Dates.Say(Of(at), "D");
}
