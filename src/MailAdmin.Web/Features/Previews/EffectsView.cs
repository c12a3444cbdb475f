using MailAdmin.Core.Previews;
using MailAdmin.Core.Routing;

namespace MailAdmin.Web.Features.Previews;

/// <summary>The map rows that a change would write, as far as the admin may see them, for <c>_Effects</c>.</summary>
public sealed record EffectsView(IReadOnlyList<MapChange> Rows, int Elsewhere, string Stamp)
{
    /// <summary>More are counted, not listed.</summary>
    public const int Shown = 50;

    /// <summary>Of the form, that carries the stamp.</summary>
    public string Field { get; init; } = "Stamp";

    /// <summary>Which choice they follow from, where a page offers two; null where there is no choice.</summary>
    public string? Lead { get; init; }

    /// <param name="visible">Domains given to the admin; null means all.</param>
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
