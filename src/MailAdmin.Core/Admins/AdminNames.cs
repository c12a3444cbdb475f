using System.Diagnostics.CodeAnalysis;
using MailAdmin.Core.Results;

namespace MailAdmin.Core.Admins;

/// <summary>The rules for names of admins.</summary>
public static class AdminNames
{
    public const int MaxLength = 64;

    public static IEnumerable<Problem> Check(string? name)
    {
        var trimmed = (name ?? "").Trim();
        if (trimmed.Length == 0) yield return AdminProblems.NameMissing;
        else if (!IsWellFormed(trimmed)) yield return AdminProblems.NameMalformed;
    }

    /// <summary>Whether a text, as it is, has 1 to 64 of the allowed characters.</summary>
    public static bool IsWellFormed([NotNullWhen(true)] string? name) =>
        name is { Length: > 0 and <= MaxLength } && name.All(IsAllowed);

    /// <summary>The form in which names are compared: names that differ only in case are equal.</summary>
    public static string Normalize(string name) => name.Trim().ToUpperInvariant();

    private static bool IsAllowed(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '@';
}
