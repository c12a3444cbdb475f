using System.Globalization;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Audit;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Hosters;
using MailAdmin.Core.Results;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Features.Audit;

/// <summary>The filters of the audit page as they were typed, and the position in the list.</summary>
public sealed class AuditQuery : PageQuery
{
    public string? Domain { get; init; }

    /// <summary>An account, an address, an admin.</summary>
    public string? About { get; init; }

    /// <summary>The actor.</summary>
    public string? By { get; init; }

    public string? Kind { get; init; }

    /// <summary>The first day.</summary>
    public string? Since { get; init; }

    /// <summary>The last day.</summary>
    public string? Until { get; init; }

    /// <summary>Only events older than this position.</summary>
    public string? Older { get; init; }

    /// <summary>Only events newer than this position.</summary>
    public string? Newer { get; init; }

    /// <summary>The filters only, without the position.</summary>
    public QueryString Filters =>
        Pair("domain", Domain) + Pair("about", About) + Pair("by", By) + Pair("kind", Kind) + Pair("since", Since) + Pair("until", Until);

    public override QueryString Kept => Filters + base.Kept;

    public bool IsFiltered => Filters.HasValue;

    public string LinkToOlder(AuditCursor place) => (Kept + Pair("older", place.ToString())).ToString();

    public string LinkToNewer(AuditCursor place) => (Kept + Pair("newer", place.ToString())).ToString();

    /// <summary>Returns the filter, or all faults; the filter is limited to what the actor may see.</summary>
    public Result<AuditFilter> ToFilter(Actor actor, TimeZoneInfo zone)
    {
        List<Problem> problems = [];
        DomainName? domain = null;
        if (!string.IsNullOrWhiteSpace(Domain) && !DomainName.TryParse(Domain, out domain, out var malformed))
            problems.Add(malformed.At("domain"));
        var (from, until) = (DayOf(Since, "since", problems), DayOf(Until, "until", problems));
        if (problems.Count > 0) return problems;
        DateTimeOffset? first = from is { } day ? HosterTime.StartOf(day, zone) : null;
        DateTimeOffset? end = until is { } last && last < DateOnly.MaxValue ? HosterTime.StartOf(last.AddDays(1), zone) : null;
        return new AuditFilter(actor.Domains, domain?.Value, Typed(About), Typed(By), Typed(Kind), first, end);
    }

    // A browser sends 2026-12-24; in a browser without date fields, people type the date in their own format.
    private static DateOnly? DayOf(string? text, string field, List<Problem> problems)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if ((DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            || DateOnly.TryParse(text, CultureInfo.CurrentCulture, out day)) && day > DateOnly.MinValue) return day;
        problems.Add(FormProblems.DateMalformed(text.Trim()).At(field));
        return null;
    }

    private static string? Typed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
