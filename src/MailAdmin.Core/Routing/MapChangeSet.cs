using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Hosters;
using MailAdmin.Core.Redirects;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace MailAdmin.Core.Routing;

/// <summary>
/// Whose map rows may have changed in a transaction. It is read off the tracked rows at each save, so that no service can forget it.
/// </summary>
internal sealed class MapChangeSet
{
    // Bounds what one statement takes as parameters: a whole domain may go.
    private const int ChunkSize = 500;

    // New rows have no id yet when they are seen, so the objects are kept.
    private readonly HashSet<MailStore> _stores = [];
    private readonly HashSet<MailDomain> _domains = [];
    private readonly HashSet<MailDomain> _wholeDomains = [];
    private readonly HashSet<Account> _accounts = [];
    private readonly HashSet<MailAddress> _addresses = [];
    private readonly HashSet<long> _accountIds = [];
    private readonly HashSet<long> _addressIds = [];
    private readonly HashSet<long> _domainIds = [];
    private readonly HashSet<long> _wholeDomainIds = [];
    private readonly List<long> _goneAddressIds = [];
    private readonly HashSet<long> _leftAccounts = [];
    private readonly HashSet<long> _leftAddresses = [];
    private readonly HashSet<DomainName> _names = [];
    private readonly HashSet<MailDomain> _caught = [];

    public IEnumerable<long> Stores => _stores.Select(s => s.Id);

    public IEnumerable<long> Domains => _domains.Select(d => d.Id).Concat(_domainIds).Distinct();

    /// <summary>Where the hoster has postmaster@ and abuse@ of domains that have none.</summary>
    public bool MovesRoles { get; private set; }

    /// <summary>Domains whose catch-all came, went or changed hands.</summary>
    public IEnumerable<long> Caught => _caught.Select(d => d.Id);

    /// <summary>Addresses went, which afterwards nobody can ask for by name.</summary>
    public bool LosesAddresses { get; private set; }

    /// <summary>Domains of which every address and account is concerned.</summary>
    public IEnumerable<long> WholeDomains => _wholeDomains.Select(d => d.Id).Concat(_wholeDomainIds).Distinct();

    public IEnumerable<long> Accounts => _accounts.Select(a => a.Id).Concat(_accountIds).Distinct();

    public IEnumerable<long> Addresses => _addresses.Select(a => a.Id).Concat(_addressIds).Distinct();

    /// <summary>Names that came or went: outside destinations under them are elsewhere no longer, or again.</summary>
    public IEnumerable<DomainName> Names => _names;

    public bool IsEmpty =>
        !MovesRoles && _stores.Count + _domains.Count + _wholeDomains.Count + _accounts.Count + _accountIds.Count + _addresses.Count + _addressIds.Count + _domainIds.Count + _wholeDomainIds.Count == 0;

    /// <summary>Something may lead elsewhere than before.</summary>
    public bool MovesAddresses => Addresses.Any() || WholeDomains.Any();

    /// <summary>Days begin at another moment.</summary>
    public bool MovesDays { get; private set; }

    /// <summary>Accounts to which an address or an alias led before.</summary>
    public IReadOnlySet<long> LeftAccounts => _leftAccounts;

    /// <summary>Addresses to which an alias led before.</summary>
    public IReadOnlySet<long> LeftAddresses => _leftAddresses;

    /// <summary>A step of what a whole domain needs: nothing of these addresses' own has changed, but their rows may.</summary>
    public void MarkAffected(IEnumerable<long> addressIds) => _addressIds.UnionWith(addressIds);

    /// <summary>The rows of these accounts, and of their addresses, may differ, though nothing has changed.</summary>
    public void MarkAccountsAffected(IEnumerable<long> accountIds) => _accountIds.UnionWith(accountIds);

    /// <summary>The rows of every domain's own may differ, though nothing has changed: what they follow from did.</summary>
    public void MarkAllDomainsAffected() => MovesRoles = true;

    public async Task ObserveAsync(MailContext context, CancellationToken cancellationToken)
    {
        var changed = context.ChangeTracker.Entries().Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted).ToList();
        foreach (var entry in changed) Observe(entry);
        // Rows that point to what is deleted go with it: who pointed has to be asked while they are still there.
        foreach (var gone in Gone<Account>(changed, a => a.Id)) await SeeOwnedAsync(context, gone, cancellationToken);
        foreach (var gone in Gone<MailAddress>(changed, a => a.Id).Concat(_goneAddressIds.Chunk(ChunkSize)).ToList())
        {
            await foreach (var leading in AddressClosure.LeadingToAddresses(context, gone).WithCancellation(cancellationToken)) Add(leading);
            var led = await MapFactsQueries.OfAliases(context, gone).ToListAsync(cancellationToken);
            _leftAccounts.UnionWith(led.Select(d => d.Account).OfType<long>());
            _leftAddresses.UnionWith(led.Select(d => d.Address).OfType<long>());
        }
        LosesAddresses |= _goneAddressIds.Count > 0;
        _goneAddressIds.Clear();
    }

    // The addresses of a deleted account go with it, and aliases and redirects may lead to either.
    private async Task SeeOwnedAsync(MailContext context, long[] accounts, CancellationToken cancellationToken)
    {
        await foreach (var owned in MapFactsQueries.AddressesOf(context, accounts).WithCancellation(cancellationToken))
        {
            if (GuardedAddresses.Contains(owned.LocalPart)) _domainIds.Add(owned.DomainId);
            _goneAddressIds.Add(owned.Id);
        }
        await foreach (var leading in AddressClosure.LeadingToAccounts(context, accounts).WithCancellation(cancellationToken)) Add(leading);
    }

    private void Add(AddressClosure.Leading leading) => (leading.OfAccount ? _accountIds : _addressIds).Add(leading.Id);

    private static IEnumerable<long[]> Gone<T>(List<EntityEntry> changed, Func<T, long> id) where T : class =>
        changed.Where(e => e is { State: EntityState.Deleted, Entity: T }).Select(e => id((T)e.Entity)).Chunk(ChunkSize);

    private void Observe(EntityEntry entry)
    {
        switch (entry.Entity)
        {
            case MailStore store: _stores.Add(store); break;
            case MailDomain domain: Observe(domain, entry); break;
            case DomainAlias alias: Observe(alias, entry); break;
            case DomainSwitch turning: _wholeDomainIds.Add(turning.DomainId); break;
            case Account account when AffectsMaps(entry): _accounts.Add(account); break;
            case MailAddress address: Observe(address, entry); break;
            case AliasDestination destination: Observe(destination, entry); break;
            case AccountRedirect redirect: _accountIds.Add(redirect.AccountId); break;
            case RedirectDestination destination: _accountIds.Add(destination.RedirectId); break;
            case Hoster: Observe(entry, h => MovesDays |= h, nameof(Hoster.TimeZone)); Observe(entry, h => MovesRoles |= h, nameof(Hoster.RoleAddress), nameof(Hoster.SupportAddress)); break;
        }
    }

    private void Observe(MailDomain domain, EntityEntry entry)
    {
        _domains.Add(domain);
        if (entry.State != EntityState.Modified) _names.Add(domain.Name);
        else if (entry.Property(nameof(MailDomain.CatchAllAccountId)).IsModified) _caught.Add(domain);
        string[] forAll = [nameof(MailDomain.Name), nameof(MailDomain.State), nameof(MailDomain.Routing), nameof(MailDomain.StoreId)];
        // A domain that is being deleted is refused by its own row; the rows of its addresses go with them, a step at a time.
        if (entry.State == EntityState.Modified && domain.State != DomainState.Deleting && forAll.Any(p => entry.Property(p).IsModified)) _wholeDomains.Add(domain);
    }

    private static void Observe(EntityEntry entry, Action<bool> note, params string[] properties) =>
        note(entry.State == EntityState.Added || properties.Any(p => entry.Property(p).IsModified));

    // One that comes or goes in steps touches the domain's own rows at its beginning and at its end; each step says which addresses it is about.
    private void Observe(DomainAlias alias, EntityEntry entry)
    {
        if (entry.State == EntityState.Modified && alias.Reached > 0) return;
        var isStepwise = entry.State == EntityState.Added ? alias.Reached is not null : entry.State == EntityState.Modified || alias.IsBeingRemoved;
        (isStepwise ? _domainIds : _wholeDomainIds).Add(alias.DomainId);
        _names.Add(alias.Name);
    }

    // Of an address that goes or changes hands, nobody can tell afterwards whose it was: the others of that account name it as a login.
    private void Observe(MailAddress address, EntityEntry entry)
    {
        _addresses.Add(address);
        LosesAddresses |= entry.State == EntityState.Deleted;
        // Whether a domain has a guarded address decides about rows of the domain itself.
        if (GuardedAddresses.Contains(address.LocalPart)) _domainIds.Add(address.DomainId);
        if (entry.State == EntityState.Added || entry.Property(nameof(MailAddress.AccountId)).OriginalValue is not long owner) return;
        _accountIds.Add(owner);
        _leftAccounts.Add(owner);
    }

    private void Observe(AliasDestination destination, EntityEntry entry)
    {
        if (destination.Alias is { } alias) _addresses.Add(alias);
        else _addressIds.Add(destination.AliasId);
        if (entry.State == EntityState.Added) return;
        if (entry.Property(nameof(AliasDestination.AccountId)).OriginalValue is long account) _leftAccounts.Add(account);
        if (entry.Property(nameof(AliasDestination.LocalAddressId)).OriginalValue is long address) _leftAddresses.Add(address);
    }

    // A changed password or a last login moves no mail.
    private static bool AffectsMaps(EntityEntry entry)
    {
        string[] seen =
        [
            nameof(Account.Username), nameof(Account.State), nameof(Account.HoldsMail), nameof(Account.Services),
            nameof(Account.MailboxReady), nameof(Account.IsFull),
        ];
        return entry.State != EntityState.Modified || seen.Any(p => entry.Property(p).IsModified);
    }
}
