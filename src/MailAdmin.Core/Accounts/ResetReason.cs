using MailAdmin.Core.Admins;
using MailAdmin.Core.Results;

namespace MailAdmin.Core.Accounts;

/// <summary>The reason for changing somebody else's password, for readers of the audit.</summary>
public static class ResetReason
{
    /// <summary>Maximum number of characters.</summary>
    public const int MaxLength = 200;

    /// <summary>The trimmed text; null if it is empty.</summary>
    public static string? Of(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    internal static IEnumerable<Problem> Check(string? text, string? password, Actor actor)
    {
        if (Of(text) is not { } reason)
        {
            if (actor.Role == AdminRole.Support) yield return ResetReasonProblems.Missing;
            yield break;
        }
        if (reason.Length > MaxLength) yield return ResetReasonProblems.TooLong;
        // The password must not appear in the reason, which stays in the audit.
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
