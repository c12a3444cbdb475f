using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;

namespace MailAdmin.Core.PasswordLinks;

/// <summary>
/// Passes a new password to its user by a link that shows it once (manual, chapter 8). The row contains it encrypted with a key that only
/// the link has. It is wiped when it is shown, withdrawn, replaced or expired.
/// </summary>
public sealed class PasswordLink
{
    /// <summary>Random; it is part of the page's URL, so it opens nothing by itself.</summary>
    public required string Id { get; set; }

    public long AccountId { get; set; }

    public Account? Account { get; set; }

    /// <summary>The admin who created it.</summary>
    public long AdminId { get; set; }

    public Admin? Admin { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>Language of the page: <c>fr</c>.</summary>
    public required string Language { get; set; }

    /// <summary>Null once the link has ended.</summary>
    public byte[]? Sealed { get; set; }

    public PasswordLinkState State { get; set; }

    /// <summary>When it was shown, or ended in another way.</summary>
    public DateTimeOffset? EndedAt { get; set; }
}

public enum PasswordLinkState
{
    Waiting,
    Shown,
    Withdrawn,
    Expired,

    /// <summary>The account was given another password, or was deleted.</summary>
    Replaced,
}
