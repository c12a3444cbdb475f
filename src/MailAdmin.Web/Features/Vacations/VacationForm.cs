using System.Globalization;
using MailAdmin.Core.Results;
using MailAdmin.Core.Vacations;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Features.Vacations;

/// <summary>A vacation as it was typed (manual, 3.3).</summary>
/// <param name="State"><c>on</c> or <c>off</c>.</param>
/// <param name="From">The first day; empty for immediately.</param>
/// <param name="Until">The last day; empty if it stays on until it is switched off.</param>
public sealed record VacationForm(
    string? State, string? Subject, string? Text, string? From, string? Until, string? IntervalDays, long Version)
{
    public const string On = "on";

    /// <summary>The saved vacation, or the defaults.</summary>
    public static VacationForm Of(Vacation? vacation, VacationOptions options) => vacation is null
        ? new("off", VacationTexts.DefaultSubject, "", "", "", Number(options.ProposedDays), 0)
        : new(vacation.IsOn
            ? On : "off", vacation.Subject, vacation.Text, Date(vacation.From), Date(vacation.Until), Number(vacation.IntervalDays),
            vacation.Version);

    /// <summary>The fields in which the saved values differ from these.</summary>
    public IEnumerable<ChangedField?> DifferencesTo(VacationForm saved) =>
    [
        Changed.Choice(VacationTexts.Heading, saved.State == On, State == On, on => on ? VacationTexts.Set : VacationTexts.Remove),
        Changed.Field(VacationTexts.Subject, saved.Subject, Subject), Changed.Field(VacationTexts.Text, saved.Text, Text),
        Changed.Field(VacationTexts.From, saved.From, From), Changed.Field(VacationTexts.Until, saved.Until, Until),
        Changed.Field(VacationTexts.Interval, saved.IntervalDays, IntervalDays),
    ];

    /// <summary>Returns the request, or all faults of the form.</summary>
    public Result<VacationRequest> ToRequest()
    {
        List<Problem> problems = [];
        var (from, until) = (DateOf(From, nameof(From), problems), DateOf(Until, nameof(Until), problems));
        if (!int.TryParse(
            IntervalDays, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var days))
            problems.Add(FormProblems.NumberMalformed(IntervalDays ?? "").At(nameof(IntervalDays)));
        return problems.Count > 0 ? problems : new VacationRequest(Version, State == On, Subject, Text, from, until, days);
    }

    // A browser sends 2026-12-24; in a browser without date fields, people type the date in their own format.
    private static DateOnly? DateOf(string? text, string field, List<Problem> problems)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            || DateOnly.TryParse(text, CultureInfo.CurrentCulture, out date)) return date;
        problems.Add(FormProblems.DateMalformed(text.Trim()).At(field));
        return null;
    }

    private static string Date(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    private static string Number(int days) => days.ToString(CultureInfo.InvariantCulture);
}
