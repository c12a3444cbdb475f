namespace MailAdmin.Core.Sending;

/// <summary>What a message of a signed-in user is checked against, as it stands in the database at that moment.</summary>
/// <param name="AccountId">The account's row.</param>
/// <param name="Username">Its username, whichever name was asked for.</param>
/// <param name="PasswordHash">The stored hash, which tells a new password from the one that a session began with.</param>
/// <param name="PasswordChangedAt">When it was set.</param>
/// <param name="MaySend">False when the account is suspended, deleted or may not send, or its domain is suspended or being deleted.</param>
public sealed record SenderRecord(long AccountId, string Username, string PasswordHash, DateTimeOffset PasswordChangedAt, bool MaySend)
{
    /// <summary>
    /// What an account hears that may not send, in a session that began earlier too: from the maps and from the policy service.
    /// </summary>
    public const string Refusal = "550 5.7.1 This account may not send mail";

    /// <summary>How much it may send: its own limits, its domain's, the hoster's.</summary>
    public SendingLimits Limits { get; init; } = SendingLimits.Default;

    /// <summary>What it has sent, as far as it is written.</summary>
    public SendingTotals Sent { get; init; }
}
