using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;

namespace MailAdmin.Core.Aliases;

/// <summary>One place where an alias leads: exactly one of account, local address and outside address is set.</summary>
public sealed class AliasDestination
{
    public long Id { get; set; }

    public long AliasId { get; set; }

    public MailAddress? Alias { get; set; }

    public long? AccountId { get; set; }

    public Account? Account { get; set; }

    public long? LocalAddressId { get; set; }

    public MailAddress? LocalAddress { get; set; }

    /// <summary>An address that is not hosted here.</summary>
    public AddrSpec? External { get; set; }
}
