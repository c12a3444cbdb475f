using System.Globalization;

namespace MailAdmin.Core.Audit;

/// <summary>The requested events; a null field does not filter.</summary>
/// <param name="Visible">Ids of the domains whose events the reader may see; null means all, and also events without a domain.</param>
/// <param name="Domain">A-labels of a domain that may no longer exist.</param>
/// <param name="Subject">The complete username, address or admin; an address of an account also matches the account.</param>
/// <param name="Actor">Name of the actor.</param>
/// <param name="From">The earliest time, inclusive.</param>
/// <param name="Before">The latest time, exclusive.</param>
public sealed record AuditFilter(
    IReadOnlySet<long>? Visible, string? Domain, string? Subject, string? Actor, string? Kind, DateTimeOffset? From,
    DateTimeOffset? Before);

/// <summary>A position between events of the list, from which paging continues without counting rows.</summary>
public sealed record AuditCursor(DateTimeOffset At, long Id)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At.UtcTicks}.{Id}");

    /// <returns>Null if the text is not a position.</returns>
    public static AuditCursor? Parse(string? text) =>
        text?.Split('.') is [var at, var id] && TryParse(at, out var ticks) && TryParse(id, out var number)
            && ticks <= DateTimeOffset.MaxValue.UtcTicks
            ? new(new(ticks, TimeSpan.Zero), number) : null;

    internal static AuditCursor Of(AuditEvent item) => new(item.At, item.Id);

    private static bool TryParse(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}

/// <param name="Events">The events, latest first.</param>
/// <param name="Newer">Where the page before this one ends, or null on the first.</param>
/// <param name="Older">Where the next page begins, or null on the last.</param>
public sealed record AuditPage(IReadOnlyList<AuditEvent> Events, AuditCursor? Newer, AuditCursor? Older);

/// <summary>The subject of an event, if it still exists.</summary>
/// <param name="Domain">The domain's current name.</param>
/// <param name="Username">Set for an account, otherwise null.</param>
/// <param name="AliasId">Set for an alias, otherwise null.</param>
public sealed record AuditLink(Domains.DomainName Domain, string? Username, long? AliasId);
