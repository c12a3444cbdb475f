using MailAdmin.Core.Admins;
using MailAdmin.Core.Results;

namespace MailAdmin.Core.Accounts;

/// <summary>Why somebody else's password is changed, in words for whoever reads the record.</summary>
public static class ResetReason
{
    /// <summary>The most characters.</summary>
    public const int MaxLength = 200;

    /// <summary>Without the spaces around it; null for none.</summary>
    public static string? Of(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    internal static IEnumerable<Problem> Check(string? text, string? password, Actor actor)
    {
        if (Of(text) is not { } reason)
        {
            if (actor.Role == AdminRole.Support) yield return ResetReasonProblems.Missing;
            yield break;
        }
        if (reason.Length > MaxLength) yield return ResetReasonProblems.TooLong;
        // The record outlives the password's secrecy.
        if (password is { Length: > 0 } && reason.Contains(password, StringComparison.OrdinalIgnoreCase))
            yield return ResetReasonProblems.HoldsPassword;
    }
}

public static class ResetReasonProblems
{
    public static Problem Missing { get; } = new("ResetReasonMissing", "Reason");
    public static Problem TooLong { get; } = new("ResetReasonTooLong", "Reason", ResetReason.MaxLength);
    public static Problem HoldsPassword { get; } = new("ResetReasonHoldsPassword", "Reason");
}
