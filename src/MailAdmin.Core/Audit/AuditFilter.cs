using System.Globalization;

namespace MailAdmin.Core.Audit;

/// <summary>Which events are wanted; null asks for all.</summary>
/// <param name="Visible">Ids of the domains whose events the reader may see; null means all, and those of no domain as well.</param>
/// <param name="Domain">A-labels, whether it still exists or not.</param>
/// <param name="Subject">Username, address or admin in full; an address that an account has stands for the account as well.</param>
/// <param name="Actor">Name of who did it.</param>
/// <param name="From">The earliest time.</param>
/// <param name="Before">What is as late as this is left out.</param>
public sealed record AuditFilter(
    IReadOnlySet<long>? Visible, string? Domain, string? Subject, string? Actor, string? Kind, DateTimeOffset? From,
    DateTimeOffset? Before);

/// <summary>A place in the list, between events: lists go on from here instead of counting from the beginning.</summary>
public sealed record AuditPlace(DateTimeOffset At, long Id)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At.UtcTicks}.{Id}");

    /// <returns>Null for what is no place.</returns>
    public static AuditPlace? Parse(string? text) =>
        text?.Split('.') is [var at, var id] && TryParse(at, out var ticks) && TryParse(id, out var number)
            && ticks <= DateTimeOffset.MaxValue.UtcTicks
            ? new(new(ticks, TimeSpan.Zero), number) : null;

    internal static AuditPlace Of(AuditEvent item) => new(item.At, item.Id);

    private static bool TryParse(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}

/// <param name="Events">The latest first.</param>
/// <param name="Newer">Where the page before this one ends, or null on the first.</param>
/// <param name="Older">Where the next page begins, or null on the last.</param>
public sealed record AuditPage(IReadOnlyList<AuditEvent> Events, AuditPlace? Newer, AuditPlace? Older);

/// <summary>What an event speaks of, where it still exists.</summary>
/// <param name="Domain">The name that the domain has now.</param>
/// <param name="Username">Of an account, or null.</param>
/// <param name="AliasId">Of an alias, or null.</param>
public sealed record AuditLink(Domains.DomainName Domain, string? Username, long? AliasId);
