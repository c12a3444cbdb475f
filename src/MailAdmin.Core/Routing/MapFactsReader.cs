using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Routing;

/// <summary>
/// Reads facts for a handful of addresses or accounts with everything that they lead to. The number of queries depends on how deep aliases and
/// redirects lead into one another, not on how many there are.
/// </summary>
internal sealed class MapFactsReader(MailContext context)
{
    private readonly Dictionary<long, DomainFacts> _domains = [];
    private readonly Dictionary<long, AccountFacts> _accounts = [];
    private readonly Dictionary<long, AddressFacts> _addresses = [];
    private readonly Dictionary<DomainName, DomainFacts?> _names = [];

    public async Task<IReadOnlyList<StoreFacts>> StoresAsync(IEnumerable<long> ids, CancellationToken token)
    {
        var wanted = ids.ToList();
        var found = await context.Stores.AsNoTracking().Where(s => wanted.Contains(s.Id)).ToListAsync(token);
        return [.. found.Select(s => new StoreFacts(s.Id, s.Name.Value, s.NextHop))];
    }

    public async Task<IReadOnlyList<DomainFacts>> DomainsAsync(IEnumerable<long> ids, CancellationToken token)
    {
        var wanted = ids.Distinct().ToList();
        var missing = wanted.Where(id => !_domains.ContainsKey(id)).ToList();
        if (missing.Count > 0)
        {
            var found = await context.Domains.AsNoTracking().Include(d => d.Aliases).Include(d => d.Store).Include(d => d.Switch)
                .Where(d => missing.Contains(d.Id)).ToListAsync(token);
            foreach (var domain in found) _domains[domain.Id] = FactsOf(domain);
        }
        return [.. wanted.Where(_domains.ContainsKey).Select(id => _domains[id])];
    }

    /// <summary>Of each domain, the guarded addresses that it does not have.</summary>
    public async Task<IReadOnlyDictionary<long, RoleFacts>> RolesAsync(IEnumerable<long> domainIds, CancellationToken token)
    {
        var (ids, guarded) = (domainIds.Distinct().ToList(), GuardedAddresses.All.ToList());
        var present = await context.Addresses.AsNoTracking().Where(a => ids.Contains(a.DomainId) && guarded.Contains(a.LocalPart))
            .Select(a => new { a.DomainId, a.LocalPart }).ToListAsync(token);
        var destination = await RoleDestinationAsync(token);
        var had = present.ToLookup(a => a.DomainId, a => a.LocalPart);
        return ids.ToDictionary(id => id, id => new RoleFacts([.. guarded.Except(had[id])], destination));
    }

    // Under a name of ours it may have gone, or take no mail at present: the next one then, since what nobody takes would bounce.
    private async Task<string?> RoleDestinationAsync(CancellationToken token)
    {
        foreach (var address in await RoleAddress.ListAsync(context, token))
        {
            var there = await FollowedAsync(address, token);
            if (_names[address.Domain] is not { } ours || ours is { IsRelayed: true, State: DomainState.Active }) return address.Value;
            if (there is not null && new DestinationFacts(null, there, null, null).ThroughOthers().IsReachable()) return address.Value;
        }
        return null;
    }

    /// <summary>The address of ours that Postfix follows it to, less its tag; null where it is elsewhere, handed on or not there.</summary>
    public async Task<AddressFacts?> FollowedAsync(AddrSpec address, CancellationToken token)
    {
        await NamesAsync([address.Domain], token);
        if (_names[address.Domain] is not { IsRelayed: false } ours || !LocalPart.TryParse(address.Untagged, out var part, out _)) return null;
        var ids = await context.Addresses.Where(a => a.DomainId == ours.Id && a.LocalPart == part).Select(a => a.Id).ToListAsync(token);
        return (await AddressesAsync(ids, token)).SingleOrDefault();
    }

    /// <summary>The accounts with where their redirects lead, down to the end.</summary>
    public async Task<IReadOnlyList<AccountFacts>> AccountsAsync(IEnumerable<long> ids, CancellationToken token)
    {
        var wanted = ids.Distinct().ToList();
        await ReadAsync(wanted, [], token);
        return [.. wanted.Where(_accounts.ContainsKey).Select(id => _accounts[id])];
    }

    /// <summary>The addresses with their destinations, and all that those lead to, down to the end.</summary>
    public async Task<IReadOnlyList<AddressFacts>> AddressesAsync(IEnumerable<long> ids, CancellationToken token)
    {
        var wanted = ids.Distinct().ToList();
        await ReadAsync([], wanted, token);
        return [.. wanted.Where(_addresses.ContainsKey).Select(id => _addresses[id])];
    }

    // Level by level. What leads where is joined at the end, when both sides are there: redirects may lead back.
    private async Task ReadAsync(IEnumerable<long> accountIds, IEnumerable<long> addressIds, CancellationToken token)
    {
        var links = new List<Link>();
        var (accounts, addresses) = (Missing(accountIds, _accounts), Missing(addressIds, _addresses));
        while (accounts.Count + addresses.Count > 0)
        {
            var rows = addresses.Count == 0 ? [] : await context.Addresses.AsNoTracking().Where(a => addresses.Contains(a.Id)).ToListAsync(token);
            var below = addresses.Count == 0 ? [] : await AliasLinksAsync(addresses, token);
            accounts = Missing(accounts.Concat(rows.Select(r => r.AccountId).Concat(below.Select(l => l.Account)).OfType<long>()), _accounts);
            if (accounts.Count > 0) below.AddRange(await ReadAccountsAsync(accounts, token));
            await DomainsAsync(rows.Select(r => r.DomainId), token);
            foreach (var row in rows)
                _addresses[row.Id] = new(row.Id, row.LocalPart.Value, _domains[row.DomainId], row.AccountId is { } id ? _accounts[id] : null);
            links.AddRange(below);
            (accounts, addresses) = (Missing(below.Select(l => l.Account).OfType<long>(), _accounts), Missing(below.Select(l => l.Address).OfType<long>(), _addresses));
        }
        await NamesAsync(links.Select(l => l.ExternalDomain).OfType<DomainName>(), token);
        foreach (var link in links)
        {
            var destination = new DestinationFacts(
                link.Account is { } account ? _accounts[account] : null, link.Address is { } address ? _addresses[address] : null, link.External?.Value,
                link.ExternalDomain is { } name ? _names[name] : null)
            {
                IsFollowedHere = await IsFollowedAsync(link, token),
            };
            (link.OfAccount ? _accounts[link.From].Redirect : _addresses[link.From].Destinations).Add(destination);
        }
    }

    private async Task<bool> IsFollowedAsync(Link link, CancellationToken token)
    {
        if (link.ExternalDomain is not { } name || _names[name] is not { IsSwitching: true } ours) return false;
        if (ours.CatchAllAccountId is not null) return true;
        return LocalPart.TryParse(link.External!.Untagged, out var part, out _)
            && await context.Addresses.AnyAsync(a => a.DomainId == ours.Id && a.LocalPart == part, token);
    }

    private async Task<List<Link>> AliasLinksAsync(List<long> aliases, CancellationToken token) =>
        await context.AliasDestinations.AsNoTracking().Where(d => aliases.Contains(d.AliasId)).OrderBy(d => d.Id)
            .Select(d => new Link(false, d.AliasId, d.AccountId, d.LocalAddressId, d.External, d.ExternalDomain, false)).ToListAsync(token);

    private async Task<List<Link>> ReadAccountsAsync(List<long> ids, CancellationToken token)
    {
        var found = await context.Accounts.AsNoTracking().Include(a => a.Addresses).Where(a => ids.Contains(a.Id)).ToListAsync(token);
        var redirects = await context.RedirectDestinations.AsNoTracking().Where(d => ids.Contains(d.RedirectId)).OrderBy(d => d.Id)
            .Select(d => new Link(true, d.RedirectId, d.AccountId, d.LocalAddressId, d.External, d.ExternalDomain, d.Redirect!.KeepsCopy)).ToListAsync(token);
        var keeping = redirects.Where(l => l.KeepsCopy).Select(l => l.From).ToHashSet();
        await DomainsAsync(found.Select(a => a.DomainId), token);
        foreach (var account in found) _accounts[account.Id] = FactsOf(account, _domains[account.DomainId], keeping.Contains(account.Id));
        return redirects;
    }

    private static List<long> Missing<T>(IEnumerable<long> ids, Dictionary<long, T> present) => [.. ids.Where(id => !present.ContainsKey(id)).Distinct()];

    private static AccountFacts FactsOf(Account a, DomainFacts domain, bool keepsCopy)
    {
        var parts = a.Addresses.OrderByDescending(x => x.IsPrimary).ThenBy(x => x.Id).Select(x => x.LocalPart.Value).ToList();
        return new(a.Id, a.Username.Value, a.State, a.HoldsMail, a.Services, a.MailboxReady, a.IsFull, domain, parts, keepsCopy);
    }

    // Which names are ours; most are not, which is remembered too. One that goes is none of ours any more.
    private async Task NamesAsync(IEnumerable<DomainName> names, CancellationToken token)
    {
        var missing = names.Distinct().Where(n => !_names.ContainsKey(n)).ToList();
        if (missing.Count == 0) return;
        var found = await context.Domains.Where(d => missing.Contains(d.Name)).Select(d => new { d.Name, d.Id })
            .Concat(context.DomainAliases.Where(a => !a.IsGoing && missing.Contains(a.Name)).Select(a => new { a.Name, Id = a.DomainId })).ToListAsync(token);
        await DomainsAsync(found.Select(f => f.Id), token);
        foreach (var name in missing) _names[name] = found.SingleOrDefault(f => f.Name == name) is { } ours ? _domains[ours.Id] : null;
    }

    private static DomainFacts FactsOf(MailDomain d)
    {
        var names = d.Aliases.Where(a => !a.IsGoing).OrderBy(a => a.Id).ToList();
        return new(
            d.Id, [d.Name.Value, .. names.Select(a => a.Name.Value)], [.. names.Where(a => a.IsComing).Select(a => a.Name.Value)], d.State, d.Routing, d.NextHop,
            d.Store!.Name.Value, d.CatchAllAccountId, d.Switch is not null)
        {
            AllowsGuarded = d.AllowsGuardedAddresses,
        };
    }

    /// <summary>A destination of an alias, or of an account's redirect.</summary>
    private sealed record Link(bool OfAccount, long From, long? Account, long? Address, AddrSpec? External, DomainName? ExternalDomain, bool KeepsCopy);
}
