using System.Globalization;
using MailAdmin.Core.Results;

namespace MailAdmin.Core.Vacations;

/// <summary>A vacation as entered.</summary>
/// <param name="Version">The version that the form showed; 0 if there was no vacation.</param>
public sealed record VacationRequest(
    long Version, bool IsOn, string? Subject, string? Text, DateOnly? From, DateOnly? Until, int IntervalDays);

/// <summary>Reasons why a vacation cannot be saved.</summary>
public static class VacationProblems
{
    public static Problem SubjectMissing { get; } = new("VacationSubjectMissing", "Subject");
    public static Problem TextMissing { get; } = new("VacationTextMissing", "Text");
    public static Problem Dates { get; } = new("VacationDates", "Until");
    public static Problem Over { get; } = new("VacationOver", "Until");
    public static Problem NotOn { get; } = new("VacationNotOn");
    public static Problem ChangedMeanwhile { get; } = new("ChangedMeanwhile");

    public static Problem SubjectTooLong(int characters) => new("VacationSubjectTooLong", "Subject", characters);

    public static Problem TextTooLong(int octets) => new("VacationTextTooLong", "Text", octets);

    /// <param name="field">From or Until.</param>
    /// <param name="firstYear">The first allowed year.</param>
    /// <param name="lastYear">The last allowed year.</param>
    public static Problem DateBeyond(string field, int firstYear, int lastYear) =>
        new("VacationDateBeyond", field, firstYear.ToString(CultureInfo.InvariantCulture), lastYear.ToString(CultureInfo.InvariantCulture));

    /// <param name="field">Subject or Text.</param>
    /// <param name="characters">The characters in the form U+0000.</param>
    public static Problem Characters(string field, string characters) => new("VacationCharacters", field, characters);

    public static Problem Interval(int minimum, int maximum) => new("VacationInterval", "IntervalDays", minimum, maximum);
}
