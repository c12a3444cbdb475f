using MailAdmin.Core.Previews;
using MailAdmin.Core.Routing;

namespace MailAdmin.Web.Features.Previews;

/// <summary>The model of <c>_Effects</c>: the map rows that a change would write, as far as the admin may see them.</summary>
public sealed record EffectsView(IReadOnlyList<MapChange> Rows, int Elsewhere, string Stamp)
{
    /// <summary>The most rows that are listed; the others are only counted.</summary>
    public const int Shown = 50;

    /// <summary>The form field that contains the stamp.</summary>
    public string Field { get; init; } = "Stamp";

    /// <summary>The choice that the effects belong to, if the page offers two; null otherwise.</summary>
    public string? Lead { get; init; }

    /// <param name="visible">The admin's domains; null means all.</param>
    public static EffectsView? Of(Effects? effects, IReadOnlySet<long>? visible)
    {
        if (effects is null) return null;
        var seen = effects.Maps.Where(m => visible is null || (m.DomainId is { } id && visible.Contains(id))).ToList();
        return new(seen, effects.Maps.Count - seen.Count, effects.Stamp);
    }

    public static string Meaning(PostfixMap map) => map switch
    {
        PostfixMap.Domains => PreviewTexts.MapDomains,
        PostfixMap.Virtual => PreviewTexts.MapVirtual,
        PostfixMap.Refused => PreviewTexts.MapRefused,
        PostfixMap.Transport => PreviewTexts.MapTransport,
        PostfixMap.RelayDomains => PreviewTexts.MapRelayDomains,
        PostfixMap.Senders => PreviewTexts.MapSenders,
        PostfixMap.NoSending => PreviewTexts.MapNoSending,
        _ => throw new ArgumentOutOfRangeException(nameof(map), map, null),
    };
}
