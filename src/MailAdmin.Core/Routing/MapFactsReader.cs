using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using Microsoft.EntityFrameworkCore;
using static MailAdmin.Core.Routing.MapFactsQueries;

namespace MailAdmin.Core.Routing;

/// <summary>
/// Reads the facts of a few addresses or accounts together with everything that they lead to. The number of queries depends on how deeply
/// aliases and redirects are nested, not on how many there are.
/// </summary>
internal sealed class MapFactsReader(MailContext context)
{
    private readonly Dictionary<long, DomainFacts> _domains = [];
    private readonly Dictionary<long, AccountFacts> _accounts = [];
    private readonly Dictionary<long, AddressFacts> _addresses = [];
    private readonly Dictionary<DomainName, DomainFacts?> _names = [];

    public async Task<IReadOnlyList<StoreFacts>> StoresAsync(IEnumerable<long> ids, CancellationToken cancellationToken)
    {
        var wanted = ids.ToList();
        var found = await context.Stores.AsNoTracking().Where(s => wanted.Contains(s.Id)).ToListAsync(cancellationToken);
        return [.. found.Select(s => new StoreFacts(s.Id, s.Name.Value, s.NextHop))];
    }

    public async Task<IReadOnlyList<DomainFacts>> DomainsAsync(IEnumerable<long> ids, CancellationToken cancellationToken)
    {
        var wanted = ids.Distinct().ToList();
        var missing = Missing(wanted, _domains);
        if (missing.Length > 0)
        {
            foreach (var rows in (await MapFactsQueries.Domains(context, missing).ToListAsync(cancellationToken)).GroupBy(r => r.Id))
                _domains[rows.Key] = FactsOf([.. rows]);
        }
        return [.. wanted.Where(_domains.ContainsKey).Select(id => _domains[id])];
    }

    /// <summary>For each domain, the guarded addresses that it does not have.</summary>
    public async Task<IReadOnlyDictionary<long, RoleFacts>> RolesAsync(IEnumerable<long> domainIds, CancellationToken cancellationToken)
    {
        var (ids, guarded) = (domainIds.Distinct().ToArray(), GuardedAddresses.All.ToArray());
        var present = await MapFactsQueries.Named(context, ids, guarded).ToListAsync(cancellationToken);
        var destination = await RoleDestinationAsync(cancellationToken);
        var had = present.ToLookup(a => a.DomainId, a => a.LocalPart);
        return ids.ToDictionary(id => id, id => new RoleFacts([.. guarded.Except(had[id])], destination));
    }

    /// <summary>
    /// The destination of postmaster@ and abuse@ for domains that do not have these addresses; null if there is none. A configured address
    /// under a hosted domain may have been deleted or may not take mail right now. The next one is used then, because mail to an address
    /// that takes no mail would bounce.
    /// </summary>
    public async Task<string?> RoleDestinationAsync(CancellationToken cancellationToken)
    {
        foreach (var address in await RoleAddress.ListAsync(context, cancellationToken))
        {
            var there = await FindHostedAsync(address, cancellationToken);
            if (_names[address.Domain] is null && context.Host.IsNobody(address)) continue;
            if (_names[address.Domain] is not { } ours || ours is { IsRelayed: true, State: DomainState.Active }) return address.Value;
            if (there is not null && new DestinationFacts(null, there, null, null).ReceptionViaAlias().IsReachable()) return address.Value;
        }
        return null;
    }

    /// <summary>
    /// The hosted address, without its tag, that Postfix follows the given one to; null if it is external, relayed or does not exist.
    /// </summary>
    public async Task<AddressFacts?> FindHostedAsync(AddrSpec address, CancellationToken cancellationToken)
    {
        await NamesAsync([address.Domain], cancellationToken);
        if (_names[address.Domain] is not { IsRelayed: false } ours || !LocalPart.TryParse(address.Untagged, out var part, out _))
            return null;
        var ids = await MapFactsQueries.AddressIds(context, ours.Id, part).ToListAsync(cancellationToken);
        return (await AddressesAsync(ids, cancellationToken)).SingleOrDefault();
    }

    /// <summary>The accounts with their redirects, followed to the end.</summary>
    public async Task<IReadOnlyList<AccountFacts>> AccountsAsync(IEnumerable<long> ids, CancellationToken cancellationToken)
    {
        var wanted = ids.Distinct().ToList();
        await ReadAsync(wanted, [], cancellationToken);
        return [.. wanted.Where(_accounts.ContainsKey).Select(id => _accounts[id])];
    }

    /// <summary>The addresses with their destinations, followed to the end.</summary>
    public async Task<IReadOnlyList<AddressFacts>> AddressesAsync(IEnumerable<long> ids, CancellationToken cancellationToken)
    {
        var wanted = ids.Distinct().ToList();
        await ReadAsync([], wanted, cancellationToken);
        return [.. wanted.Where(_addresses.ContainsKey).Select(id => _addresses[id])];
    }

    // Reads level by level. Links are joined at the end, when both sides have been read, because redirects may lead back.
    private async Task ReadAsync(IEnumerable<long> accountIds, IEnumerable<long> addressIds, CancellationToken cancellationToken)
    {
        var links = new List<Link>();
        var (accounts, addresses) = (Missing(accountIds, _accounts), Missing(addressIds, _addresses));
        while (accounts.Length + addresses.Length > 0)
        {
            var rows = addresses.Length == 0 ? [] : await MapFactsQueries.Addresses(context, addresses).ToListAsync(cancellationToken);
            var below = addresses.Length == 0 ? [] : await MapFactsQueries.OfAliases(context, addresses).ToListAsync(cancellationToken);
            accounts = Missing(
                accounts.Concat(rows.Select(r => r.AccountId).Concat(below.Select(l => l.Account)).OfType<long>()), _accounts);
            if (accounts.Length > 0) below.AddRange(await ReadAccountsAsync(accounts, cancellationToken));
            await DomainsAsync(rows.Select(r => r.DomainId), cancellationToken);
            foreach (var row in rows)
                _addresses[row.Id] = new(
                    row.Id, row.LocalPart.Value, _domains[row.DomainId], row.AccountId is { } id ? _accounts[id] : null);
            links.AddRange(below);
            (accounts, addresses) = (
                Missing(below.Select(l => l.Account).OfType<long>(), _accounts),
                Missing(below.Select(l => l.Address).OfType<long>(), _addresses));
        }
        await NamesAsync(links.Select(l => l.ExternalDomain).OfType<DomainName>(), cancellationToken);
        foreach (var link in links)
        {
            var destination = link.External is { } external ? await OutsideAsync(external, cancellationToken)
                : new(link.Account is { } account
                    ? _accounts[account] : null, link.Address is { } address ? _addresses[address] : null, null, null);
            (link.OfAccount ? _accounts[link.From].Redirect : _addresses[link.From].Destinations).Add(destination);
        }
    }

    // The domain usually is not hosted here, and no query is needed.
    private async Task<DestinationFacts> OutsideAsync(AddrSpec external, CancellationToken cancellationToken)
    {
        var plain = new DestinationFacts(null, null, external.Value, _names[external.Domain]);
        if (plain.ExternalDomain is not { } ours)
            return context.Host.IsOwn(external.Domain)
                ? plain with
                {
                    IsNobody = context.Host.IsNobody(external),
                    Postmaster = context.Host.Delivers(external)
                ? context.Host.Postmaster : null
                } : plain;
        if (ours.IsRelayed || !LocalPart.TryParse(external.Untagged, out var part, out _))
            return plain with { IsFollowedHere = ours is { IsSwitching: true, CatchAllAccountId: not null } };
        var there = await context.Addresses.Where(a => a.DomainId == ours.Id && a.LocalPart == part)
            .Select(a => new { IsDeleted = a.Account!.State == AccountState.Deleted }).SingleOrDefaultAsync(cancellationToken);
        return plain with
        {
            IsCircle = there is { IsDeleted: false },
            IsFollowedHere = ours.IsSwitching
            && (there is not null || ours.CatchAllAccountId is not null)
        };
    }

    private async Task<List<Link>> ReadAccountsAsync(long[] ids, CancellationToken cancellationToken)
    {
        var found = (await MapFactsQueries.Accounts(context, ids).ToListAsync(cancellationToken)).ToLookup(r => r.Id);
        var redirects = await MapFactsQueries.OfRedirects(context, ids).ToListAsync(cancellationToken);
        var keeping = redirects.Where(l => l.KeepsCopy).Select(l => l.From).ToHashSet();
        await DomainsAsync(found.Select(a => a.First().DomainId), cancellationToken);
        foreach (var account in found) _accounts[account.Key] = FactsOf([.. account], keeping.Contains(account.Key));
        return redirects;
    }

    private static long[] Missing<T>(IEnumerable<long> ids, Dictionary<long, T> present) =>
        [.. ids.Where(id => !present.ContainsKey(id)).Distinct()];

    private AccountFacts FactsOf(IReadOnlyList<AccountFactsRow> rows, bool keepsCopy)
    {
        var a = rows[0];
        var parts = rows.Select(r => r.LocalPart?.Value).OfType<string>().ToList();
        return new(
            a.Id, a.Username.Value, a.State, a.HoldsMail, a.Services, a.MailboxReady, a.IsFull, _domains[a.DomainId], parts, keepsCopy);
    }

    // Finds out which names are hosted here. Most are not, and that is cached too. A name that is being removed counts as not hosted.
    private async Task NamesAsync(IEnumerable<DomainName> names, CancellationToken cancellationToken)
    {
        var missing = names.Distinct().Where(n => !_names.ContainsKey(n)).ToArray();
        if (missing.Length == 0) return;
        var found = await MapFactsQueries.Owners(context, missing).ToListAsync(cancellationToken);
        await DomainsAsync(found.Select(f => f.DomainId), cancellationToken);
        foreach (var name in missing)
            _names[name] = found.SingleOrDefault(f => f.Name == name) is { } ours ? _domains[ours.DomainId] : null;
    }

    private static DomainFacts FactsOf(IReadOnlyList<DomainFactsRow> rows)
    {
        var d = rows[0];
        var others = rows.Where(r => r.OtherName is not null).ToList();
        return new(
            d.Id, [d.Name.Value, .. others.Select(r => r.OtherName!.Value)],
            [.. others.Where(r => r.IsOtherComing).Select(r => r.OtherName!.Value)], d.State, d.Routing,
            d.NextHop, d.StoreName.Value, d.CatchAllAccountId, d.IsSwitching)
        {
            AllowsGuarded = d.AllowsGuarded,
        };
    }
}
