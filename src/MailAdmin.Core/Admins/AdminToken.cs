namespace MailAdmin.Core.Admins;

/// <summary>
/// Lets a program act as an admin in the API (RFC 6750, bearer token). The program has the token and the row its hash; a token that was
/// revoked has no row.
/// </summary>
public sealed class AdminToken
{
    public const int MaxNameLength = 64;

    public long Id { get; set; }

    public long AdminId { get; set; }

    public Admin? Admin { get; set; }

    /// <summary>What it is for, unique among the admin's tokens; the audit names it beside the admin.</summary>
    public required string Name { get; set; }

    /// <summary>SHA-256 of the token, in hexadecimal.</summary>
    public required string Hash { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>When it was last accepted, to the minute; null if never.</summary>
    public DateTimeOffset? UsedAt { get; set; }
}
