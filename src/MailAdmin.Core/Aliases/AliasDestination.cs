using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Routing;

namespace MailAdmin.Core.Aliases;

/// <summary>One place where an alias leads: exactly one of account, local address and outside address is set.</summary>
public sealed class AliasDestination : IDestination
{
    public long Id { get; set; }

    public long AliasId { get; set; }

    public MailAddress? Alias { get; set; }

    public long? AccountId { get; set; }

    public Account? Account { get; set; }

    public long? LocalAddressId { get; set; }

    public MailAddress? LocalAddress { get; set; }

    /// <summary>An address that was not hosted here when it was last looked at.</summary>
    public AddrSpec? External { get; set; }

    /// <summary>The outside address's domain: the database takes it out of it, to look it up.</summary>
    public DomainName? ExternalDomain { get; private set; }

    long IDestination.OwnerId => AliasId;
}
