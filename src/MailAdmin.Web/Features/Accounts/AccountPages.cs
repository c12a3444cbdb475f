using MailAdmin.Core.Accounts;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Provisioning.Cyrus;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Features.Accounts;

/// <summary>The accounts of a domain (manual, chapter 3).</summary>
/// <param name="Quotas">Null when no server is configured.</param>
public sealed record AccountsPage(MailDomain Domain, Page<AccountRow> Accounts, QuotaReadings? Quotas, PageQuery Query)
{
    public bool IsFull => Domain.MaxAccounts is { } max && Domain.AccountCount >= max;
}

/// <param name="Next">The username that will most likely be given; null where it is not numbered.</param>
public sealed record NewAccountPage(MailDomain Domain, Username? Next, AccountForm Form);

public sealed record AccountPage(MailDomain Domain, AccountRow Account, QuotaUsage? Usage)
{
    public string Address => AccountText.AddressOf(Account, Domain);
}

/// <summary>How an account is spoken of.</summary>
public static class AccountText
{
    /// <summary>Its official address; its username when it has lost them all.</summary>
    public static string AddressOf(AccountRow account, MailDomain domain) =>
        account.Addresses is [var first, ..] ? $"{first}@{domain.Name.Display}" : account.Username.Value;

    public static string ServiceOf(MailServices service) => service switch
    {
        MailServices.Imap => "IMAP",
        MailServices.Pop3 => "POP3",
        MailServices.Sieve => AccountTexts.ServiceFilters,
        MailServices.Smtp => AccountTexts.ServiceSending,
        MailServices.Receiving => AccountTexts.ServiceReceiving,
        _ => "",
    };

    public static string ServicesOf(MailServices services) =>
        services == MailServices.None ? AccountTexts.ServicesNone
            : string.Join(", ", Enum.GetValues<MailServices>().Where(s => System.Numerics.BitOperations.IsPow2((int)s) && services.HasFlag(s)).Select(ServiceOf));
}

/// <summary>The one vocabulary of states: suspended, failed, pending, in place.</summary>
/// <param name="Style">Class of the chip.</param>
/// <param name="Explanation">What it means for mail, in a sentence; null when all is well.</param>
public sealed record MailboxState(string Style, string Word, string? Explanation)
{
    public static MailboxState Of(AccountRow account) => account switch
    {
        { State: AccountState.Suspended } => new("idle", SharedTexts.Suspended, AccountTexts.SuspendedMeans),
        { Task: { Refused: true } } => new("bad", SharedTexts.Failed, AccountTexts.FailedMeans),
        { Task: { Attempts: > 0 } } => new("wait", SharedTexts.Pending, AccountTexts.RetryingMeans),
        { MailboxReady: false } => new("wait", SharedTexts.Pending, AccountTexts.PendingMeans),
        { Task: not null } => new("wait", SharedTexts.Pending, AccountTexts.ChangePendingMeans),
        _ => new("ok", SharedTexts.InPlace, null),
    };
}
