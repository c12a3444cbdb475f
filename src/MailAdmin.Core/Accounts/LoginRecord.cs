namespace MailAdmin.Core.Accounts;

/// <summary>The data that a mail login is checked against, as currently stored in the database.</summary>
/// <param name="AccountId">The account's row.</param>
/// <param name="Username">Its username, in lower case, whichever name was looked up.</param>
/// <param name="PasswordHash">The stored hash, unparsed: no password matches a corrupt one.</param>
/// <param name="Services">The services that the account may use.</param>
/// <param name="MayLogin">False when the account is suspended or deleted, or its domain is suspended.</param>
public sealed record LoginRecord(long AccountId, string Username, string PasswordHash, MailProtocols Services, bool MayLogin)
{
    /// <summary>
    /// Its mailbox is in place. Cyrus opens any mailbox with the username's name, so logins to read mail are refused before that: the
    /// mailbox may be somebody else's.
    /// </summary>
    public bool HasMailbox { get; init; } = true;
}
