namespace MailAdmin.Core.Sending;

/// <summary>The data that a message of a signed-in user is checked against, as currently stored in the database.</summary>
/// <param name="AccountId">The account's row.</param>
/// <param name="Username">Its username, whichever name was looked up.</param>
/// <param name="PasswordHash">The stored hash, which differs if the password was changed after a session began.</param>
/// <param name="PasswordChangedAt">When the password was set.</param>
/// <param name="MaySend">False if the account is suspended, deleted or may not send, or its domain is suspended or being deleted.</param>
public sealed record SenderRecord(long AccountId, string Username, string PasswordHash, DateTimeOffset PasswordChangedAt, bool MaySend)
{
    /// <summary>
    /// The answer to an account that may not send, also in a session that began earlier: it comes from the maps and from the policy
    /// service.
    /// </summary>
    public const string Refusal = "550 5.7.1 This account may not send mail";

    /// <summary>The account's effective sending limits: its own, its domain's, the hoster's.</summary>
    public SendingLimits Limits { get; init; } = SendingLimits.Default;

    /// <summary>What it has sent, as far as the counts are written.</summary>
    public SendingTotals Sent { get; init; }
}
