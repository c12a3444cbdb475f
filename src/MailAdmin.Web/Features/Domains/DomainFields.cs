using System.Globalization;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Results;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Features.Domains;

/// <summary>Parses the fields that a new domain and its settings share; faults are reported for their field.</summary>
internal sealed class DomainFields(List<Problem> problems)
{
    /// <summary>A whole number; null if empty.</summary>
    public int? Count(string? text, string field)
    {
        var plain = string.Concat((text ?? "").Where(c => !char.IsWhiteSpace(c)));
        if (plain.Length == 0) return null;
        if (int.TryParse(plain, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return number;
        problems.Add(FormProblems.NumberMalformed(text!.Trim()).At(field));
        return null;
    }

    /// <summary>An amount of mail; null if empty.</summary>
    public Quota? Limit(string? text, string field)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (Quota.TryParse(text, out var quota, out var fault)) return quota;
        problems.Add(fault.At(field));
        return null;
    }

    /// <summary>One of the offered values, by its name.</summary>
    public T Choice<T>(string? text, string field, params IReadOnlyList<T> offered) where T : struct, Enum
    {
        foreach (var one in offered)
        {
            if (one.ToString() == text) return one;
        }
        problems.Add(FormProblems.ChoiceUnknown.At(field));
        return default;
    }

    /// <summary>True or False, as a select sends it.</summary>
    public bool Flag(string? text, string field)
    {
        if (text is not ("True" or "False")) problems.Add(FormProblems.ChoiceUnknown.At(field));
        return text == bool.TrueString;
    }

    public static List<string> Folders(string? text) =>
        [.. (text ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Distinct(StringComparer.Ordinal)];
}
