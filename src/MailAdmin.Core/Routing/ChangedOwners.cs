using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Hosters;
using MailAdmin.Core.Redirects;

namespace MailAdmin.Core.Routing;

/// <summary>
/// The owners that a transaction has changed directly, by id. <see cref="AffectedOwners"/> adds those that depend on them.
/// </summary>
internal sealed class ChangedOwners
{
    private ChangedOwners()
    {
    }

    public HashSet<long> Stores { get; } = [];

    /// <summary>Domains whose own rows may differ.</summary>
    public HashSet<long> Domains { get; } = [];

    /// <summary>Domains whose own rows, and those of all their addresses and accounts, may differ.</summary>
    public HashSet<long> WholeDomains { get; } = [];

    public HashSet<long> Accounts { get; } = [];

    public HashSet<long> Addresses { get; } = [];

    /// <summary>The own rows of every domain may differ.</summary>
    public bool AllDomains { get; private set; }

    public bool IsEmpty => !AllDomains && Stores.Count + Domains.Count + WholeDomains.Count + Accounts.Count + Addresses.Count == 0;

    public static ChangedOwners Of(ChangeSet changes)
    {
        var owners = new ChangedOwners();
        foreach (var change in changes.All) owners.Add(change);
        return owners;
    }

    private void Add(ModelChange change)
    {
        switch (change)
        {
            case StoreChanged store: Stores.Add(store.Store.Id); break;
            case DomainChanged domain: (domain.AffectsContents ? WholeDomains : Domains).Add(domain.Domain.Id); break;
            case DomainNameChanged name: (name.IsStepwise ? Domains : WholeDomains).Add(name.DomainId); break;
            case DomainSwitchChanged turning: WholeDomains.Add(turning.DomainId); break;
            case AccountChanged account: Accounts.Add(account.Account.Id); break;
            case AddressChanged address:
                Add(
                address.Address.Id, address.Address.DomainId, address.Address.LocalPart, address.PreviousAccountId); break;
            case AddressRemoved address: Add(address.Id, address.DomainId, address.LocalPart, address.PreviousAccountId); break;
            case DestinationChanged { AliasId: { } alias }: Addresses.Add(alias); break;
            case DestinationChanged { RedirectId: { } redirected }: Accounts.Add(redirected); break;
            case RedirectChanged redirect: Accounts.Add(redirect.AccountId); break;
            case HosterChanged { MovesRoleAddress: true } or AllDomainsAffected: AllDomains = true; break;
            case AddressesAffected affected: Addresses.UnionWith(affected.Ids); break;
            case AccountsAffected affected: Accounts.UnionWith(affected.Ids); break;
        }
    }

    private void Add(long address, long domain, LocalPart part, long? previousAccount)
    {
        Addresses.Add(address);
        if (previousAccount is { } account) Accounts.Add(account);
        // The rows of a domain itself depend on which guarded addresses it has.
        if (GuardedAddresses.Contains(part)) Domains.Add(domain);
    }
}
