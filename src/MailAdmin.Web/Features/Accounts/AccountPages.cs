using MailAdmin.Core.Accounts;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Hosters;
using MailAdmin.Provisioning.Cyrus;
using MailAdmin.Provisioning.Postfix;
using MailAdmin.Web.Features.Previews;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Features.Accounts;

/// <summary>The accounts of a domain (manual, chapter 3).</summary>
/// <param name="Quotas">Null if no server is configured.</param>
public sealed record AccountsPage(MailDomain Domain, Page<AccountRow> Accounts, QuotaReadings? Quotas, ListQuery Query)
{
    public bool IsFull => Domain.MaxAccounts is { } max && Domain.AccountCount >= max;

    /// <summary>Whether the domain's mail goes to another server and no server is set.</summary>
    public bool IsWithoutServer => Domain.Routing == DomainRouting.Relay && Domain.NextHop is null;

    public bool MayAdd => !IsFull && !IsWithoutServer;
}

/// <param name="Next">The username that the account will most likely get; null if usernames are not numbered.</param>
public sealed record NewAccountPage(MailDomain Domain, Username? Next, AccountForm Form);

/// <summary>The model that all pages about one account share.</summary>
public record AccountPage(MailDomain Domain, AccountRow Account)
{
    public string Address => AccountText.AddressOf(Account, Domain);

    /// <summary>The account's pages.</summary>
    public AccountRoutes To => Routes.Of(Domain.Name, Account.Username);
}

/// <summary>The account's main page, with all actions.</summary>
public sealed record AccountOverview(MailDomain Domain, AccountRow Account, QuotaUsage? Usage, ClientHosts Hosts)
    : AccountPage(Domain, Account)
{
    /// <summary>The account's own filters; null if there is no server or no mailbox.</summary>
    public FilterView? Filters { get; init; }

    /// <summary>The rights of others in the mailbox; null if there is no server or no mailbox.</summary>
    public SharingView? Sharing { get; init; }

    /// <summary>This host's queue when it was last read.</summary>
    public WaitingMessages Queue { get; init; } = WaitingMessages.None;

    /// <summary>The waiting mail in it for this mailbox.</summary>
    public MailboxWaiting Waiting => Queue.Of(Account.Username);
}

/// <summary>The model of <c>_Waiting</c>: the mail that waits in the queue for a mailbox.</summary>
/// <param name="At">When the queue was read.</param>
public sealed record WaitingPanel(DateTimeOffset At, MailboxWaiting Mail)
{
    /// <summary>The server's words about messages that wait for another reason than their size.</summary>
    public IEnumerable<string> OtherReasons =>
        Mail.Oldest.Where(m => !m.IsOverQuota).Select(m => m.Reason).OfType<string>().Distinct(StringComparer.Ordinal);
}

public sealed record AddressesPage(MailDomain Domain, AccountRow Account, IReadOnlyList<AccountAddress> Addresses, AddressForm Form)
    : AccountPage(Domain, Account);

/// <param name="Impact">Aliases and redirects that lead to this address.</param>
/// <param name="Effects">Null if the removal is refused.</param>
public sealed record RemoveAddressPage(
    MailDomain Domain, AccountRow Account, AccountAddress Removed, DeletionImpact Impact, EffectsView? Effects)
    : AccountPage(Domain, Account)
{
    public string RemovedText => $"{Removed.LocalPart}@{Domain.Name.Display}";
}

public sealed record ServicesPage(MailDomain Domain, AccountRow Account, ServicesForm Form) : AccountPage(Domain, Account);

/// <param name="Holds">The effects of a suspension on the maps while mail is held; null if it is refused.</param>
/// <param name="Refuses">Its effects while mail is refused.</param>
public sealed record SuspensionPage(MailDomain Domain, AccountRow Account, SuspensionForm Form, EffectsView? Holds, EffectsView? Refuses)
    : AccountPage(Domain, Account)
{
    /// <summary>The rights of others in the mailbox, which remain; null if there is no server or no mailbox.</summary>
    public SharingView? Sharing { get; init; }
}

/// <param name="MayBeUnlimited">The domain's limits allow this admin to set no limit.</param>
public sealed record QuotaPage(MailDomain Domain, AccountRow Account, QuotaUsage? Usage, QuotaForm Form, bool MayBeUnlimited)
    : AccountPage(Domain, Account);

/// <summary>The page that shows what is deleted with the account.</summary>
/// <param name="PurgeAt">Until when the account can be restored.</param>
/// <param name="Hides">The effects of deletion on the maps; null if it is refused.</param>
/// <param name="Purges">The effects of deletion for good; null if the admin may not do that.</param>
public sealed record DeleteAccountPage(
    MailDomain Domain, AccountRow Account, QuotaUsage? Usage, DeletionImpact Impact, DateTimeOffset PurgeAt, EffectsView? Hides,
    EffectsView? Purges)
    : AccountPage(Domain, Account)
{
    public string List => Routes.Of(Domain.Name).Accounts;

    /// <summary>The rights of others in the mailbox, which remain until it is removed; null if there is no server or no mailbox.</summary>
    public SharingView? Sharing { get; init; }

    public bool HoldsCatchAll => Domain.CatchAllAccountId == Account.Id;
}

/// <summary>A mailbox on the server that has the account's name and is not the account's.</summary>
/// <param name="Found">Null if there is none, or if the server can't be asked.</param>
/// <param name="IsUnseen">The server can't be asked.</param>
public sealed record AccountMailboxPage(MailDomain Domain, AccountRow Account, ForeignMailbox? Found, bool IsUnseen, string? Username)
    : AccountPage(Domain, Account)
{
    /// <summary>The stamp of what was shown, so that nothing else is confirmed.</summary>
    public string? Stamp => Found?.Stamp;
}

public sealed record DeletedAccountsPage(MailDomain Domain, IReadOnlyList<DeletedAccount> Accounts);

/// <summary>The page that confirms purging a deleted account.</summary>
public sealed record PurgePage(MailDomain Domain, DeletedAccount Account, EffectsView? Effects);

/// <summary>The settings that a mail program asks for (manual, 3.2).</summary>
/// <param name="Password">Shown once, right after the panel generated it; null otherwise.</param>
public sealed record ClientSettingsPage(MailDomain Domain, AccountRow Account, Hoster Hoster, ClientHosts Hosts, string? Password)
    : AccountPage(Domain, Account)
{
    /// <summary>Whether there is a server to read mail from.</summary>
    public bool IsRead =>
        (Account.Services.HasFlag(MailProtocols.Imap) && Hosts.Imap is not null)
        || (Account.Services.HasFlag(MailProtocols.Pop3) && Hosts.Pop3 is not null);

    /// <summary>The sealed password, from which a one-time link can be made; null without one.</summary>
    public string? Ticket { get; init; }

    /// <summary>The account's own filters, after its password has been changed; null otherwise.</summary>
    public FilterView? Filters { get; init; }
}

/// <summary>The model of <c>_ClientServer</c>: one server of the client settings.</summary>
/// <param name="Port">With TLS from the first octet (RFC 8314).</param>
/// <param name="StartTlsPort">For programs that support only STARTTLS; null if there is none.</param>
public sealed record ClientServer(string Title, string Host, int Port, int? StartTlsPort);

/// <summary>The model of <c>_AccountMenu</c>: the actions of one row.</summary>
/// <param name="Back">The list with its current query, to return to after the account has been deleted.</param>
public sealed record AccountMenu(MailDomain Domain, AccountRow Account, string Back) : AccountPage(Domain, Account);
