namespace MailAdmin.Core.Accounts;

/// <summary>The statuses of an account, most serious first. Every page and command uses this one list.</summary>
public enum AccountStatus
{
    Deleted,
    Suspended,

    /// <summary>The mail server refused a job of the account.</summary>
    Refused,

    /// <summary>The mailbox has not been created yet.</summary>
    Pending,

    /// <summary>New mail is deferred because the quota is reached.</summary>
    Full,

    /// <summary>A sending limit is reached.</summary>
    SendingStopped,

    /// <summary>The mailbox exists; a change to it waits for the mail server.</summary>
    ChangePending,
    NearlyFull,

    /// <summary>Its mail is redirected without a copy.</summary>
    Redirected,

    /// <summary>A vacation message answers today.</summary>
    Away,
    InPlace,
}

public static class AccountStatuses
{
    /// <summary>All statuses that apply, most serious first; InPlace only if no other applies.</summary>
    /// <param name="fullness">Full or nearly full as the server said just now; null if it was not asked.</param>
    /// <param name="today">Today in the hoster's time zone.</param>
    /// <param name="now">The time to compare the end of a sending stop with.</param>
    public static IReadOnlyList<AccountStatus> Of(AccountRow account, AccountStatus? fullness, DateOnly today, DateTimeOffset now)
    {
        var found = Enum.GetValues<AccountStatus>().Where(s => Holds(s, account, fullness, today, now)).ToList();
        return found.Count == 0 ? [AccountStatus.InPlace] : found;
    }

    private static bool Holds(AccountStatus status, AccountRow account, AccountStatus? fullness, DateOnly today, DateTimeOffset now) =>
        status switch
        {
            AccountStatus.Deleted => account.State == AccountState.Deleted,
            AccountStatus.Suspended => account.State == AccountState.Suspended,
            AccountStatus.Refused => account.Job is { Refused: true },
            AccountStatus.Pending => !account.MailboxReady && account.Job is not { Refused: true },
            AccountStatus.Full => account.IsFull || fullness == AccountStatus.Full,
            AccountStatus.SendingStopped => account.Stop is { } stop && stop.Until > now,
            AccountStatus.ChangePending => account is { MailboxReady: true, Job: { Refused: false } },
            AccountStatus.NearlyFull => fullness == AccountStatus.NearlyFull && !account.IsFull,
            AccountStatus.Redirected => account.KeepsCopy == false,
            AccountStatus.Away => account.Absence is { IsSwitchedOff: false } absence && absence.Includes(today),
            _ => false,
        };
}
