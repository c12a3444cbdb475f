using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Routing;
using MailAdmin.Web.Features.Accounts;

namespace MailAdmin.Web.Features.Trace;

/// <param name="Address">As it was typed.</param>
/// <param name="Resolution">Null until something is asked, or when it cannot be answered.</param>
/// <param name="Steps">Those that this admin may see.</param>
public sealed record TracePage(string? Address, Resolution? Resolution, IReadOnlyList<ResolutionStep> Steps, TraceMaps? Maps)
{
    /// <summary>As Postfix reads what was typed; null where it is the same.</summary>
    public AddrSpec? ReadAs { get; init; }

    /// <summary>What the filters do of those whose mailbox gets the mail.</summary>
    public IReadOnlyList<TracedFilters> Filters { get; init; } = [];
}

/// <summary>The filters of one account on the way.</summary>
public sealed record TracedFilters(string Username, FilterView View);

/// <summary>Leaves out of the way what belongs to other customers.</summary>
internal static class TraceScope
{
    /// <summary>A step into another's domain stays as one that says no more than that; what it leads to goes.</summary>
    public static IReadOnlyList<ResolutionStep> Of(IEnumerable<ResolutionStep> steps, Actor actor)
    {
        var seen = new List<ResolutionStep>();
        int? hiddenBelow = null;
        foreach (var step in steps)
        {
            if (step.Depth > hiddenBelow) continue;
            hiddenBelow = IsSeen(step, actor) ? null : step.Depth;
            seen.Add(hiddenBelow is null ? step : step with { Detail = null, Link = null });
        }
        return seen;
    }

    public static bool IsSeen(ResolutionStep step, Actor actor) => step.DomainId is not { } domain || actor.Sees(domain);
}

/// <summary>A row as the database wants it, and as Postfix finds it.</summary>
public sealed record TraceMapRow(PostfixMap Map, string Key, string? Wanted, string? Live);

/// <param name="IsRead">False: the live maps are on another host, or did not answer in time.</param>
public sealed record TraceMaps(IReadOnlyList<TraceMapRow> Rows, bool IsRead)
{
    public bool Agree => Rows.All(r => r.Wanted == r.Live);

    public static TraceMaps Of(
        IReadOnlyList<string> keys, IReadOnlyList<MapEntry> wanted, IReadOnlyDictionary<(PostfixMap Map, string Key), string>? live)
    {
        var rows = wanted.ToDictionary(e => (e.Map, e.Key), e => e.Value);
        var order = keys.Select((key, i) => (key, i)).ToDictionary(k => k.key, k => k.i, StringComparer.Ordinal);
        var all = rows.Keys.Concat(live?.Keys ?? []).Distinct().OrderBy(r => order[r.Key]).ThenBy(r => r.Map);
        return new(
            [.. all.Select(r => new TraceMapRow(r.Map, r.Key, rows.GetValueOrDefault(r), live?.GetValueOrDefault(r)))], live is not null);
    }
}
