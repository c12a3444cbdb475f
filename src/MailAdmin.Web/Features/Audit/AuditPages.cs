using System.Globalization;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Audit;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Features.Audit;

/// <param name="Links">By the id of the event: where what it speaks of is, if it still exists.</param>
/// <param name="Zone">In which times are shown and days are meant.</param>
public sealed record AuditListPage(AuditQuery Query, AuditPage Page, IReadOnlyDictionary<long, AuditLink> Links, TimeZoneInfo Zone)
{
    public static IReadOnlyDictionary<long, AuditLink> NoLinks { get; } = new Dictionary<long, AuditLink>();

    /// <summary>The day and the second, with the month in words: 3/4 is read in two ways.</summary>
    public string Moment(DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, Zone);
        var day = CultureInfo.CurrentCulture.DateTimeFormat.LongDatePattern
            .Replace("dddd", "", StringComparison.Ordinal).Replace("MMMM", "MMM", StringComparison.Ordinal).Trim(' ', ',');
        return $"{Dates.Say(local.DateTime, day)} {Dates.Say(local.DateTime, "T")}";
    }

    /// <summary>Who did it; what is no admin has its words.</summary>
    public static string ActorOf(AuditEvent item) => item.AdminId is not null ? item.ActorName
        : item.ActorName == Actor.Panel.Name ? AuditTexts.Panel
        : item.ActorName == Actor.PasswordLinkName ? AuditTexts.PasswordLink
        : item.ActorName;

    public static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    /// <summary>The page of what the event speaks of, or null when there is none any more.</summary>
    public string? PathOf(AuditEvent item) => Links.GetValueOrDefault(item.Id) switch
    {
        null => null,
        { Username: { } username } link => Routes.Of(link.Domain).Account(username).Show,
        { AliasId: { } alias } link => Routes.Of(link.Domain).Alias(alias).Show,
        { } link => Routes.Of(link.Domain).Show,
    };

    /// <summary>The list of what this filter leaves, from its beginning.</summary>
    public static string LinkTo(string filter, string value) => Routes.Audit + QueryString.Create(filter, value);
}

/// <summary>One field of an event.</summary>
/// <param name="Was">Null where nothing is known of before.</param>
/// <param name="Is">Null where it is gone.</param>
public sealed record AuditField(string Label, string? Was, string? Is);
