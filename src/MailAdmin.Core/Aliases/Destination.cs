using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Redirects;

namespace MailAdmin.Core.Aliases;

/// <summary>
/// A destination of an alias or of an account's redirect: exactly one of account, local address and external address is set. An external
/// address may become local later (<see cref="Routing.DestinationLocalizer"/>).
/// </summary>
public sealed class Destination
{
    public long Id { get; set; }

    /// <summary>The alias that has the destination; null for a redirect.</summary>
    public long? AliasId { get; set; }

    public MailAddress? Alias { get; set; }

    /// <summary>The account whose redirect has the destination; null for an alias.</summary>
    public long? RedirectId { get; set; }

    public AccountRedirect? Redirect { get; set; }

    public long? AccountId { get; set; }

    public Account? Account { get; set; }

    public long? LocalAddressId { get; set; }

    public MailAddress? LocalAddress { get; set; }

    /// <summary>An address that was not hosted here when it was last checked.</summary>
    public AddrSpec? External { get; set; }

    /// <summary>The external address's domain, a computed column for lookups.</summary>
    public DomainName? ExternalDomain { get; private set; }
}
