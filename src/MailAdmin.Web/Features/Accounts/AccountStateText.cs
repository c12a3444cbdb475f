using MailAdmin.Core.Accounts;
using MailAdmin.Provisioning.Cyrus;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Features.Accounts;

/// <summary>The texts of <see cref="AccountStatus"/>.</summary>
/// <param name="Style">The CSS class of the chip.</param>
/// <param name="Explanation">A sentence about what it means for mail; null if the word or a remark says it.</param>
public sealed record AccountStateText(string Style, string Word, string? Explanation)
{
    public static AccountStateText Of(AccountStatus status, AccountRow account) => status switch
    {
        AccountStatus.Deleted => new("idle", SharedTexts.Deleted, null),
        AccountStatus.Suspended =>
            new("idle", SharedTexts.Suspended, account.HoldsMail
            ? AccountTexts.SuspendedHoldingMeans : AccountTexts.SuspendedRefusingMeans),
        AccountStatus.Refused when account.Job is { IsConflict: true } =>
            new("bad", AccountTexts.ConflictWord, account.MailboxReady ? AccountTexts.ConflictReadyMeans : AccountTexts.ConflictMeans),
        AccountStatus.Refused => new("bad", SharedTexts.Failed, AccountTexts.FailedMeans),
        AccountStatus.Pending =>
            new("wait", SharedTexts.Pending, account.Job is { Attempts: > 0 } ? AccountTexts.RetryingMeans : AccountTexts.PendingMeans),
        AccountStatus.Full => new("bad", SharedTexts.Full, AccountTexts.FullMeans),
        AccountStatus.SendingStopped => new("bad", SharedTexts.SendingStopped, null),
        AccountStatus.ChangePending => new("wait", SharedTexts.Pending, AccountTexts.ChangePendingMeans),
        AccountStatus.NearlyFull => new("wait", SharedTexts.NearlyFull, null),
        AccountStatus.Redirected => new("idle", SharedTexts.Redirected, null),
        AccountStatus.Away => new("idle", SharedTexts.Away, null),
        _ => new("ok", SharedTexts.InPlace, null),
    };

    /// <summary>Full or nearly full according to the server; null if there is room, or nothing is known.</summary>
    public static AccountStatus? FullnessOf(QuotaUsage? usage, int warningPercent) =>
        usage is null ? null : QuotaText.LevelOf(usage, warningPercent) switch
        {
            "bad" => AccountStatus.Full,
            "wait" => AccountStatus.NearlyFull,
            _ => null,
        };
}

/// <summary>The model of <c>_AccountState</c>: an account's state.</summary>
/// <param name="Usage">Null if the server was not asked.</param>
/// <param name="All">Shows all states that apply; otherwise only the most serious one.</param>
public sealed record AccountStateChip(AccountRow Account, QuotaUsage? Usage, bool All);
