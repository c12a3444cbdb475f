using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Routing;

namespace MailAdmin.Core.Redirects;

/// <summary>Where an account's mail goes instead of its mailbox, or beside it (manual, 3.6). One that has lost its last destination is none.</summary>
public sealed class AccountRedirect : IVersioned
{
    public long AccountId { get; set; }

    public Account? Account { get; set; }

    /// <summary>The mailbox receives as well. A switch of its own, never a destination.</summary>
    public bool KeepsCopy { get; set; }

    public List<RedirectDestination> Destinations { get; set; } = [];

    public long Version { get; set; }
}

/// <summary>One place where a redirect leads: exactly one of account, local address and outside address is set.</summary>
public sealed class RedirectDestination : IDestination
{
    public long Id { get; set; }

    /// <summary>The account that is redirected.</summary>
    public long RedirectId { get; set; }

    public AccountRedirect? Redirect { get; set; }

    public long? AccountId { get; set; }

    public Account? Account { get; set; }

    public long? LocalAddressId { get; set; }

    public MailAddress? LocalAddress { get; set; }

    /// <summary>An address that was not hosted here when it was last looked at.</summary>
    public AddrSpec? External { get; set; }

    /// <summary>The outside address's domain: the database takes it out of it, to look it up.</summary>
    public DomainName? ExternalDomain { get; private set; }

    long IDestination.OwnerId => RedirectId;
}
