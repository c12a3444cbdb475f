using MailAdmin.Core.Addresses;
using MailAdmin.Core.Domains;

namespace MailAdmin.Core.Routing;

/// <summary>What destinations of aliases and of redirects have in common: each may be elsewhere when it is typed, and ours later.</summary>
internal interface IDestination
{
    /// <summary>The alias, or the account that is redirected.</summary>
    long OwnerId { get; }

    long? LocalAddressId { get; set; }

    MailAddress? LocalAddress { get; set; }

    AddrSpec? External { get; set; }

    DomainName? ExternalDomain { get; }
}
