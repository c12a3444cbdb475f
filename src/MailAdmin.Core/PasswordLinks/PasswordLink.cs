using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;

namespace MailAdmin.Core.PasswordLinks;

/// <summary>
/// A new password on its way to its user, by a link that shows it once (manual, chapter 8). The row holds it encrypted under a key that
/// only the link carries, and only until it was shown, withdrawn, replaced or is too old.
/// </summary>
public sealed class PasswordLink
{
    /// <summary>Random; in the address of the page, so it opens nothing by itself.</summary>
    public required string Id { get; set; }

    public long AccountId { get; set; }

    public Account? Account { get; set; }

    /// <summary>Who made it.</summary>
    public long AdminId { get; set; }

    public Admin? Admin { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>Of the page: <c>fr</c>.</summary>
    public required string Language { get; set; }

    /// <summary>Null once it has ended.</summary>
    public byte[]? Sealed { get; set; }

    public PasswordLinkState State { get; set; }

    /// <summary>When it was shown, or ended otherwise.</summary>
    public DateTimeOffset? EndedAt { get; set; }
}

public enum PasswordLinkState
{
    Waiting,
    Shown,
    Withdrawn,
    Expired,

    /// <summary>The account was given another password, or was taken out.</summary>
    Replaced,
}
