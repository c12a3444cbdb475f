using System.Globalization;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Audit;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Hosters;
using MailAdmin.Core.Results;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Features.Audit;

/// <summary>What of the audit is asked for, as it was typed, and from which place on.</summary>
public sealed class AuditQuery : PageQuery
{
    public string? Domain { get; init; }

    /// <summary>An account, an address, an admin.</summary>
    public string? About { get; init; }

    /// <summary>Who did it.</summary>
    public string? By { get; init; }

    public string? Kind { get; init; }

    /// <summary>The first day.</summary>
    public string? Since { get; init; }

    /// <summary>The last day.</summary>
    public string? Until { get; init; }

    /// <summary>Only what is older than this place.</summary>
    public string? Older { get; init; }

    /// <summary>Only what is newer than this place.</summary>
    public string? Newer { get; init; }

    /// <summary>The filters alone, whichever page.</summary>
    public QueryString Filters =>
        Pair("domain", Domain) + Pair("about", About) + Pair("by", By) + Pair("kind", Kind) + Pair("since", Since) + Pair("until", Until);

    public override QueryString Kept => Filters + base.Kept;

    public bool IsFiltered => Filters.HasValue;

    public string LinkToOlder(AuditPlace place) => (Kept + Pair("older", place.ToString())).ToString();

    public string LinkToNewer(AuditPlace place) => (Kept + Pair("newer", place.ToString())).ToString();

    /// <summary>Every fault at once, or the filter; nobody gets beyond what they may see.</summary>
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

    // A browser sends 2026-12-24; where it knows no date fields, people write as they do.
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
