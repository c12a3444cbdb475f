using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Routing;
using MailAdmin.Web.Features.Accounts;

namespace MailAdmin.Web.Features.Trace;

/// <param name="Address">As typed.</param>
/// <param name="Resolution">Null before the first query, or if the address can't be resolved.</param>
/// <param name="Steps">The steps that this admin may see.</param>
public sealed record TracePage(string? Address, Resolution? Resolution, IReadOnlyList<ResolutionStep> Steps, TraceMaps? Maps)
{
    /// <summary>The address as Postfix reads it; null if it is the same.</summary>
    public AddrSpec? ReadAs { get; init; }

    /// <summary>The filters of the accounts whose mailbox gets the mail.</summary>
    public IReadOnlyList<TracedFilters> Filters { get; init; } = [];
}

/// <summary>The filters of one account in the trace.</summary>
public sealed record TracedFilters(string Username, FilterView View);

/// <summary>Removes from a trace what belongs to other customers.</summary>
internal static class TraceScope
{
    /// <summary>A step into another customer's domain stays without its details; the steps below it are removed.</summary>
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

/// <summary>A map row's value in the database, and the value that Postfix finds.</summary>
public sealed record TraceMapRow(PostfixMap Map, string Key, string? Wanted, string? Live);

/// <param name="IsRead">False if the live maps are on another host, or did not answer in time.</param>
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
