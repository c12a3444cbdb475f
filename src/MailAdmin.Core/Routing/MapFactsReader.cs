using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Routing;

/// <summary>
/// Reads facts for a handful of addresses or accounts with everything that they lead to. The number of queries depends on how deep aliases
/// lead into aliases, not on how many there are.
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
            var found = await context.Domains.AsNoTracking().Include(d => d.Aliases).Include(d => d.Store).AsSplitQuery()
                .Where(d => missing.Contains(d.Id)).ToListAsync(token);
            foreach (var domain in found) _domains[domain.Id] = FactsOf(domain);
        }
        return [.. wanted.Where(_domains.ContainsKey).Select(id => _domains[id])];
    }

    public async Task<IReadOnlyList<AccountFacts>> AccountsAsync(IEnumerable<long> ids, CancellationToken token)
    {
        var wanted = ids.Distinct().ToList();
        var missing = wanted.Where(id => !_accounts.ContainsKey(id)).ToList();
        if (missing.Count > 0)
        {
            var found = await context.Accounts.AsNoTracking().Include(a => a.Addresses).Where(a => missing.Contains(a.Id)).ToListAsync(token);
            await DomainsAsync(found.Select(a => a.DomainId), token);
            foreach (var a in found)
            {
                var parts = a.Addresses.OrderByDescending(x => x.IsPrimary).ThenBy(x => x.Id).Select(x => x.LocalPart.Value).ToList();
                _accounts[a.Id] = new(a.Id, a.Username.Value, a.State, a.HoldsMail, a.Services, a.MailboxReady, a.IsFull, _domains[a.DomainId], parts);
            }
        }
        return [.. wanted.Where(_accounts.ContainsKey).Select(id => _accounts[id])];
    }

    /// <summary>The addresses with their destinations, and those of the aliases among them, down to the end.</summary>
    public async Task<IReadOnlyList<AddressFacts>> AddressesAsync(IEnumerable<long> ids, CancellationToken token)
    {
        var wanted = ids.Distinct().ToList();
        var missing = wanted.Where(id => !_addresses.ContainsKey(id)).ToList();
        while (missing.Count > 0) missing = await ReadLevelAsync(missing, token);
        return [.. wanted.Where(_addresses.ContainsKey).Select(id => _addresses[id])];
    }

    private async Task<List<long>> ReadLevelAsync(List<long> ids, CancellationToken token)
    {
        var rows = await context.Addresses.AsNoTracking().Where(a => ids.Contains(a.Id)).ToListAsync(token);
        var destinations = await context.AliasDestinations.AsNoTracking().Where(d => ids.Contains(d.AliasId)).OrderBy(d => d.Id).ToListAsync(token);
        await DomainsAsync(rows.Select(r => r.DomainId), token);
        await AccountsAsync(rows.Select(r => r.AccountId).Concat(destinations.Select(d => d.AccountId)).OfType<long>(), token);
        foreach (var row in rows)
            _addresses[row.Id] = new(row.Id, row.LocalPart.Value, _domains[row.DomainId], row.AccountId is { } id ? _accounts[id] : null);
        var below = destinations.Select(d => d.LocalAddressId).OfType<long>().Distinct().Where(id => !_addresses.ContainsKey(id)).ToList();
        if (below.Count > 0) await AddressesAsync(below, token);
        await NamesAsync(destinations.Select(d => d.ExternalDomain).OfType<DomainName>(), token);
        foreach (var d in destinations)
        {
            _addresses[d.AliasId].Destinations.Add(new(
                d.AccountId is { } account ? _accounts[account] : null,
                d.LocalAddressId is { } local ? _addresses[local] : null,
                d.External?.Value,
                d.ExternalDomain is { } name ? _names[name] : null));
        }
        return [];
    }

    // Which names are ours; most are not, which is remembered too.
    private async Task NamesAsync(IEnumerable<DomainName> names, CancellationToken token)
    {
        var missing = names.Distinct().Where(n => !_names.ContainsKey(n)).ToList();
        if (missing.Count == 0) return;
        var found = await context.Domains.Where(d => missing.Contains(d.Name)).Select(d => new { d.Name, d.Id })
            .Concat(context.DomainAliases.Where(a => missing.Contains(a.Name)).Select(a => new { a.Name, Id = a.DomainId })).ToListAsync(token);
        await DomainsAsync(found.Select(f => f.Id), token);
        foreach (var name in missing) _names[name] = found.SingleOrDefault(f => f.Name == name) is { } ours ? _domains[ours.Id] : null;
    }

    private static DomainFacts FactsOf(MailDomain d) => new(
        d.Id, [d.Name.Value, .. d.Aliases.OrderBy(a => a.Id).Select(a => a.Name.Value)], d.State, d.Routing, d.NextHop, d.Store!.Name.Value, d.CatchAllAccountId);
}
