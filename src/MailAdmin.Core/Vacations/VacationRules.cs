using System.Globalization;
using System.Text;
using MailAdmin.Core.Results;

namespace MailAdmin.Core.Vacations;

/// <summary>The rules for the contents of a vacation.</summary>
internal static class VacationRules
{
    /// <summary>UTF-16 units; longer than mail programs display.</summary>
    public const int MaxSubject = 200;

    /// <summary>Octets in UTF-8, some ten pages. With the addresses this is far below the size that servers accept for a script.</summary>
    public const int MaxText = 20_000;

    private const int FirstYear = 2000;
    private const int LastYear = 2999;

    public static IEnumerable<Problem> Check(VacationRequest request, string subject, string text, DateOnly today, VacationOptions options)
    {
        if (Strange(subject, "") is { Length: > 0 } inSubject) yield return VacationProblems.Characters("Subject", inSubject);
        if (Strange(text, "\n\t") is { Length: > 0 } inText) yield return VacationProblems.Characters("Text", inText);
        if (subject.Length > MaxSubject) yield return VacationProblems.SubjectTooLong(MaxSubject);
        if (Encoding.UTF8.GetByteCount(text) > MaxText) yield return VacationProblems.TextTooLong(MaxText);
        if (request.IntervalDays < options.MinimumDays || request.IntervalDays > options.MaximumDays)
            yield return VacationProblems.Interval(options.MinimumDays, options.MaximumDays);
        if (IsBeyond(request.From)) yield return VacationProblems.DateBeyond("From", FirstYear, LastYear);
        if (IsBeyond(request.Until)) yield return VacationProblems.DateBeyond("Until", FirstYear, LastYear);
        if (request.From > request.Until) yield return VacationProblems.Dates;
        if (!request.IsOn) yield break;
        if (subject.Length == 0) yield return VacationProblems.SubjectMissing;
        if (string.IsNullOrWhiteSpace(text)) yield return VacationProblems.TextMissing;
        if (request.Until < today) yield return VacationProblems.Over;
    }

    // The first and last days of the calendar have no neighbours, and cannot be converted to other time zones.
    private static bool IsBeyond(DateOnly? day) => day is { Year: < FirstYear or > LastYear };

    /// <summary>The subject without surrounding spaces.</summary>
    public static string Subject(string? typed) => (typed ?? "").Trim();

    /// <summary>Browsers send CRLF. Each line end becomes LF, so that saving again changes nothing.</summary>
    public static string Text(string? typed) =>
        (typed ?? "").Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');

    // Control characters break headers and scripts, and a lone surrogate is not a character.
    private static string Strange(string text, string allowed)
    {
        var strange = new SortedSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) i++;
            else if (char.IsSurrogate(c) || (char.IsControl(c) && !allowed.Contains(c, StringComparison.Ordinal)))
                strange.Add(string.Create(CultureInfo.InvariantCulture, $"U+{(int)c:X4}"));
        }
        return string.Join(' ', strange);
    }
}
