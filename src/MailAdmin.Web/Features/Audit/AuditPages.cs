using System.Globalization;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Audit;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Features.Audit;

/// <param name="Links">Links to the subjects of the events that still exist, by event id.</param>
/// <param name="Zone">The time zone of the shown times, and of the days of the filter.</param>
public sealed record AuditListPage(AuditQuery Query, AuditPage Page, IReadOnlyDictionary<long, AuditLink> Links, TimeZoneInfo Zone)
{
    public static IReadOnlyDictionary<long, AuditLink> NoLinks { get; } = new Dictionary<long, AuditLink>();

    /// <summary>The day and the time with seconds, with the month in words, because 3/4 is ambiguous.</summary>
    public string Moment(DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, Zone);
        var day = CultureInfo.CurrentCulture.DateTimeFormat.LongDatePattern
            .Replace("dddd", "", StringComparison.Ordinal).Replace("MMMM", "MMM", StringComparison.Ordinal).Trim(' ', ',');
        return $"{Dates.Say(local.DateTime, day)} {Dates.Say(local.DateTime, "T")}";
    }

    /// <summary>The actor's name; an actor that is no admin has a text.</summary>
    public static string ActorOf(AuditEvent item) => item.AdminId is not null ? item.ActorName
        : item.ActorName == Actor.Panel.Name ? AuditTexts.Panel
        : item.ActorName == Actor.PasswordLinkName ? AuditTexts.PasswordLink
        : item.ActorName;

    public static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    /// <summary>The page of the event's subject, or null if the subject no longer exists.</summary>
    public string? PathOf(AuditEvent item) => Links.GetValueOrDefault(item.Id) switch
    {
        null => null,
        { Username: { } username } link => Routes.Of(link.Domain).Account(username).Show,
        { AliasId: { } alias } link => Routes.Of(link.Domain).Alias(alias).Show,
        { } link => Routes.Of(link.Domain).Show,
    };

    /// <summary>A link to the beginning of the list with this filter.</summary>
    public static string LinkTo(string filter, string value) => Routes.Audit + QueryString.Create(filter, value);
}

/// <summary>One field of an event.</summary>
/// <param name="Was">Null if no earlier value is recorded.</param>
/// <param name="Is">Null if the value is gone.</param>
public sealed record AuditField(string Label, string? Was, string? Is);
