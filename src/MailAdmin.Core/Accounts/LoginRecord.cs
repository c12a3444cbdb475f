namespace MailAdmin.Core.Accounts;

/// <summary>What a mail login is checked against, as it stands in the database at that moment.</summary>
/// <param name="AccountId">The account's row.</param>
/// <param name="Username">Its username, in lower case, whichever name was asked for.</param>
/// <param name="PasswordHash">The stored hash, unread: a corrupt one lets nobody in.</param>
/// <param name="Services">The services that the account may use.</param>
/// <param name="MayLogin">False when the account is suspended or deleted, or its domain is suspended.</param>
public sealed record LoginRecord(long AccountId, string Username, string PasswordHash, MailProtocols Services, bool MayLogin)
{
    /// <summary>
    /// Its mailbox is in place. Cyrus opens whatever mailbox has the username's name, so before that nobody is let in to read: it may be
    /// somebody else's.
    /// </summary>
    public bool HasMailbox { get; init; } = true;
}
