namespace MailAdmin.Core.Accounts;

/// <summary>What is to be said of an account, the most serious first. Every page and every command says it by this one list.</summary>
public enum AccountStatus
{
    Deleted,
    Suspended,

    /// <summary>The mail server refused what was asked of it.</summary>
    Refused,

    /// <summary>The mailbox is not there yet.</summary>
    Pending,

    /// <summary>New mail is asked to wait because the quota is reached.</summary>
    Full,

    /// <summary>A limit on sending is reached.</summary>
    SendingStopped,

    /// <summary>The mailbox is there; a change of it waits for the mail server.</summary>
    ChangePending,
    NearlyFull,

    /// <summary>Its mail goes elsewhere, and no copy stays.</summary>
    Redirected,

    /// <summary>A vacation message answers today.</summary>
    Away,
    InPlace,
}

public static class AccountStatuses
{
    /// <summary>All that holds, the most serious first; in place stands alone.</summary>
    /// <param name="fullness">Full or nearly full by what the server said just now; null where it was not asked.</param>
    /// <param name="today">In the hoster's time zone.</param>
    /// <param name="now">Until when a limit on sending holds is compared with this.</param>
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
            AccountStatus.Refused => account.Task is { Refused: true },
            AccountStatus.Pending => !account.MailboxReady && account.Task is not { Refused: true },
            AccountStatus.Full => account.IsFull || fullness == AccountStatus.Full,
            AccountStatus.SendingStopped => account.Stop is { } stop && stop.Until > now,
            AccountStatus.ChangePending => account is { MailboxReady: true, Task: { Refused: false } },
            AccountStatus.NearlyFull => fullness == AccountStatus.NearlyFull && !account.IsFull,
            AccountStatus.Redirected => account.KeepsCopy == false,
            AccountStatus.Away => account.Absence is { IsSwitchedOff: false } absence && absence.Includes(today),
            _ => false,
        };
}
