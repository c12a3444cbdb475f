using MailAdmin.Core.Results;

namespace MailAdmin.Core.Admins;

/// <summary>Reasons why a token cannot be created or revoked as requested.</summary>
public static class AdminTokenProblems
{
    public static Problem NameMalformed { get; } = new("TokenNameMalformed", "Name", AdminToken.MaxNameLength);
    public static Problem DaysRange { get; } = new("TokenDaysRange", "Days", AdminTokenService.MaxDays);
    public static Problem NotFound { get; } = new("TokenNotFound", "Name");

    public static Problem NameTaken(string name) => new("TokenNameTaken", "Name", name);
}

/// <param name="Token">The token itself, which nobody can read again.</param>
/// <param name="ExpiresAt">When it stops being accepted.</param>
public sealed record NewAdminToken(string Token, DateTimeOffset ExpiresAt);

/// <summary>A token of an admin, for display.</summary>
/// <param name="UsedAt">When it was last accepted, to the minute; null if never.</param>
public sealed record AdminTokenRow(
    string Admin, string Name, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? UsedAt, bool IsActive);
