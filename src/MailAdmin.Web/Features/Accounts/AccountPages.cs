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
/// <param name="Quotas">Null when no server is configured.</param>
public sealed record AccountsPage(MailDomain Domain, Page<AccountRow> Accounts, QuotaReadings? Quotas, ListQuery Query)
{
    public bool IsFull => Domain.MaxAccounts is { } max && Domain.AccountCount >= max;

    /// <summary>Its mail is to go elsewhere, and nobody has said where to.</summary>
    public bool IsWithoutServer => Domain.Routing == DomainRouting.Relay && Domain.NextHop is null;

    public bool MayAdd => !IsFull && !IsWithoutServer;
}

/// <param name="Next">The username that will most likely be given; null where it is not numbered.</param>
public sealed record NewAccountPage(MailDomain Domain, Username? Next, AccountForm Form);

/// <summary>What every page about one account knows.</summary>
public record AccountPage(MailDomain Domain, AccountRow Account)
{
    public string Address => AccountText.AddressOf(Account, Domain);

    /// <summary>The account's pages.</summary>
    public AccountRoutes To => Routes.Of(Domain.Name, Account.Username);
}

/// <summary>The account with all that can be done to it.</summary>
public sealed record AccountOverview(MailDomain Domain, AccountRow Account, QuotaUsage? Usage, ClientHosts Hosts)
    : AccountPage(Domain, Account)
{
    /// <summary>The account's own filters; null where there is nothing to ask.</summary>
    public FilterView? Filters { get; init; }

    /// <summary>Who else has rights in the mailbox; null where there is nothing to ask.</summary>
    public SharingView? Sharing { get; init; }

    /// <summary>What this host's queue held when it was read last.</summary>
    public WaitingMessages Queue { get; init; } = WaitingMessages.None;

    /// <summary>Of that, what is for this mailbox.</summary>
    public MailboxWaiting Waiting => Queue.Of(Account.Username);
}

/// <summary>What waits in the queue for a mailbox, for <c>_Waiting</c>.</summary>
/// <param name="At">When the queue was read.</param>
public sealed record WaitingPanel(DateTimeOffset At, MailboxWaiting Mail)
{
    /// <summary>The server's words about what waits for another reason than its size.</summary>
    public IEnumerable<string> OtherReasons =>
        Mail.Oldest.Where(m => !m.IsOverQuota).Select(m => m.Reason).OfType<string>().Distinct(StringComparer.Ordinal);
}

public sealed record AddressesPage(MailDomain Domain, AccountRow Account, IReadOnlyList<AccountAddress> Addresses, AddressForm Form)
    : AccountPage(Domain, Account);

/// <param name="Impact">Aliases and redirects that lead to this address.</param>
/// <param name="Effects">Null when the removal is refused.</param>
public sealed record RemoveAddressPage(
    MailDomain Domain, AccountRow Account, AccountAddress Removed, DeletionImpact Impact, EffectsView? Effects)
    : AccountPage(Domain, Account)
{
    public string RemovedText => $"{Removed.LocalPart}@{Domain.Name.Display}";
}

public sealed record ServicesPage(MailDomain Domain, AccountRow Account, ServicesForm Form) : AccountPage(Domain, Account);

/// <param name="Holds">What suspension does to the maps while mail is held; null when it is refused.</param>
/// <param name="Refuses">The same while mail is refused.</param>
public sealed record SuspensionPage(MailDomain Domain, AccountRow Account, SuspensionForm Form, EffectsView? Holds, EffectsView? Refuses)
    : AccountPage(Domain, Account)
{
    /// <summary>Who goes on having rights in the mailbox; null where there is nothing to ask.</summary>
    public SharingView? Sharing { get; init; }
}

/// <param name="MayBeUnlimited">Nothing of the domain keeps this admin from giving no limit.</param>
public sealed record QuotaPage(MailDomain Domain, AccountRow Account, QuotaUsage? Usage, QuotaForm Form, bool MayBeUnlimited)
    : AccountPage(Domain, Account);

/// <summary>What goes with the account.</summary>
/// <param name="PurgeAt">Until when it can be brought back.</param>
/// <param name="Hides">What deletion does to the maps; null when it is refused.</param>
/// <param name="Purges">What deletion for good does; null for who may not.</param>
public sealed record DeleteAccountPage(
    MailDomain Domain, AccountRow Account, QuotaUsage? Usage, DeletionImpact Impact, DateTimeOffset PurgeAt, EffectsView? Hides,
    EffectsView? Purges)
    : AccountPage(Domain, Account)
{
    public string List => Routes.Of(Domain.Name).Accounts;

    /// <summary>Who goes on having rights in the mailbox until it is gone; null where there is nothing to ask.</summary>
    public SharingView? Sharing { get; init; }

    public bool HoldsCatchAll => Domain.CatchAllAccountId == Account.Id;
}

/// <summary>A mailbox on the server that has the account's name and is not the account's.</summary>
/// <param name="Found">Null when there is none, or when the server can't be asked.</param>
/// <param name="IsUnseen">The server can't be asked.</param>
public sealed record AccountMailboxPage(MailDomain Domain, AccountRow Account, ForeignMailbox? Found, bool IsUnseen, string? Username)
    : AccountPage(Domain, Account)
{
    /// <summary>What was shown, so that nothing else is confirmed.</summary>
    public string? Stamp => Found?.Stamp;
}

public sealed record DeletedAccountsPage(MailDomain Domain, IReadOnlyList<DeletedAccount> Accounts);

/// <summary>The end of an account that is hidden already.</summary>
public sealed record PurgePage(MailDomain Domain, DeletedAccount Account, EffectsView? Effects);

/// <summary>Everything that a mail program asks for (manual, 3.2).</summary>
/// <param name="Password">Shown this once, right after the panel made it; null otherwise.</param>
public sealed record ClientSettingsPage(MailDomain Domain, AccountRow Account, Hoster Hoster, ClientHosts Hosts, string? Password)
    : AccountPage(Domain, Account)
{
    /// <summary>There is a server to read mail from.</summary>
    public bool IsRead =>
        (Account.Services.HasFlag(MailProtocols.Imap) && Hosts.Imap is not null)
        || (Account.Services.HasFlag(MailProtocols.Pop3) && Hosts.Pop3 is not null);

    /// <summary>The password, sealed, from which a one-time link can be made; null without one.</summary>
    public string? Ticket { get; init; }

    /// <summary>The account's own filters, after its password was changed; null otherwise.</summary>
    public FilterView? Filters { get; init; }
}

/// <summary>One server of the sheet, for <c>_ClientServer</c>.</summary>
/// <param name="Port">With TLS from the first octet (RFC 8314).</param>
/// <param name="StartTlsPort">For programs that know STARTTLS alone; null where there is none.</param>
public sealed record ClientServer(string Title, string Host, int Port, int? StartTlsPort);

/// <summary>The actions of one row, for <c>_AccountMenu</c>.</summary>
/// <param name="Back">The list as it stands, to return to after the account was deleted.</param>
public sealed record AccountMenu(MailDomain Domain, AccountRow Account, string Back) : AccountPage(Domain, Account);
