using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Redirects;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Testing.Hosts;

/// <summary>
/// What the owners of a host intend, as simply as possible: who may receive, and whom an address stands for. It is written separately from
/// the code that computes map rows, so that the two can be compared.
/// </summary>
public sealed class HostModel
{
    private const string Store = "store.lab.example";

    private readonly Dictionary<long, MailDomain> _domains;
    private readonly Dictionary<long, Account> _accounts;
    private readonly Dictionary<long, MailAddress> _addresses;

    private HostModel(List<MailDomain> domains, List<Account> accounts, List<MailAddress> addresses)
    {
        _domains = domains.ToDictionary(d => d.Id);
        _accounts = accounts.ToDictionary(a => a.Id);
        _addresses = addresses.ToDictionary(a => a.Id);
    }

    public IEnumerable<MailDomain> Domains => _domains.Values;

    public IEnumerable<MailAddress> Addresses => _addresses.Values;

    public static async Task<HostModel> ReadAsync(MailContext context) => new(
        await context.Domains.Include(d => d.Aliases).Include(d => d.Switch).ToListAsync(),
        await context.Accounts.Include(a => a.Redirect!.Destinations).AsSplitQuery().ToListAsync(),
        await context.Addresses.Include(a => a.Destinations).AsSplitQuery().ToListAsync());

    /// <summary>Kind, domain, subject and text of everything that the search is to find.</summary>
    public IEnumerable<string> SearchTexts()
    {
        foreach (var domain in Domains)
        {
            foreach (var name in NamesOf(domain)) yield return $"Domain {domain.Id} {domain.Id} {name}";
        }
        foreach (var account in _accounts.Values)
        {
            yield return $"Account {account.DomainId} {account.Id} {account.Username}";
            foreach (var to in account.Redirect?.Destinations ?? [])
                yield return $"Redirect {account.DomainId} {account.Id} {TextOf(to.AccountId, to.LocalAddressId, to.External)}";
        }
        foreach (var address in Addresses)
        {
            yield return $"{(address.AccountId is null ? "Alias" : "Account")} {address.DomainId} {address.AccountId ?? address.Id} {address.LocalPart}";
            foreach (var destination in address.Destinations)
                yield return $"Destination {address.DomainId} {address.Id} {TextOf(destination.AccountId, destination.LocalAddressId, destination.External)}";
        }
    }

    public MailDomain DomainOf(MailAddress address) => _domains[address.DomainId];

    public static IEnumerable<string> NamesOf(MailDomain domain) => domain.Aliases.Select(a => a.Name.Value).Prepend(domain.Name.Value);

    /// <summary>The domain's mail goes to the next hop, so its addresses play no part.</summary>
    public static bool IsRelayed(MailDomain domain) => domain.Routing == DomainRouting.Relay && domain.Switch is null;

    /// <summary>Mail for unknown addresses goes to the next hop: the domain is relayed, or is being switched either way.</summary>
    public static bool RelaysUnknown(MailDomain domain) => domain.Routing == DomainRouting.Relay || domain.Switch is not null;

    public static string MailboxOf(Account account) => $"{account.Username}@{Store}";

    /// <summary>An address of this account. Addresses that the account catches as a catch-all get the same answer as this one.</summary>
    public MailAddress? AddressOf(Account account) => Addresses.FirstOrDefault(a => a.AccountId == account.Id);

    public Account? CatchAllOf(MailDomain domain) => domain.CatchAllAccountId is { } id ? _accounts[id] : null;

    /// <summary>The owner is to get mail, though perhaps a little later.</summary>
    public bool MayReceive(Account account) =>
        account.State == AccountState.Active && account.Services.HasFlag(MailProtocols.Receiving)
            && _domains[account.DomainId].State == DomainState.Active;

    public bool ReceivesNow(Account account) => MayReceive(account) && account is { MailboxReady: true, IsFull: false };

    /// <summary>Whether mail for the address may be accepted at RCPT: at least one recipient behind it receives now.</summary>
    public bool IsOpen(MailAddress address) => Opens(address, []);

    /// <summary>Every place to which mail for the address is to go, and no other.</summary>
    public IReadOnlySet<string> RecipientsOf(MailAddress address) => Texts(LeavesOf(address, []));

    /// <summary>The same for an account: its mailbox, or where its redirect leads.</summary>
    public IReadOnlySet<string> RecipientsOf(Account account) => Texts(LeavesOf(account, []));

    private HashSet<string> Texts(IEnumerable<Leaf> leaves) =>
        leaves.Where(l => l.Account is null || MayReceive(l.Account)).Select(l => l.Text).ToHashSet(StringComparer.Ordinal);

    private string TextOf(long? accountId, long? localAddressId, AddrSpec? external)
    {
        if (accountId is { } id) return _accounts[id].Username.Value;
        if (localAddressId is { } local) return $"{_addresses[local].LocalPart}@{DomainOf(_addresses[local]).Name}";
        return external!.Value.ToLowerInvariant();
    }

    private bool Opens(MailAddress address, HashSet<object> path)
    {
        var domain = _domains[address.DomainId];
        // A suspended domain answers for its own addresses. Mail for other addresses does not pass through it.
        if (path.Count > 0 && domain.State == DomainState.Suspended) return false;
        if (IsRelayed(domain)) return true;
        if (address.AccountId is { } id) return Opens(_accounts[id], [.. path, address]);
        return address.Destinations.Any(d => Opens(d.AccountId, d.LocalAddressId, d.External, [.. path, address]));
    }

    // If the redirect keeps no copy, the mailbox may be full. It has to be in place all the same.
    private bool Opens(Account account, HashSet<object> path)
    {
        if (path.Contains(account) || !MayReceive(account) || !account.MailboxReady) return false;
        if (RedirectOf(account) is not { KeepsCopy: false } redirect) return !account.IsFull;
        return redirect.Destinations.Any(d => Opens(d.AccountId, d.LocalAddressId, d.External, [.. path, account]));
    }

    private bool Opens(long? account, long? address, AddrSpec? external, HashSet<object> path)
    {
        if (account is { } a) return Opens(_accounts[a], path);
        return address is { } l ? Opens(_addresses[l], path) : OutsideOf(external!, path).Count > 0;
    }

    private List<Leaf> LeavesOf(MailAddress address, HashSet<object> path)
    {
        var domain = _domains[address.DomainId];
        if (path.Count > 0 && domain.State == DomainState.Suspended) return [];
        if (IsRelayed(domain)) return [new($"{address.LocalPart}@{domain.Name}", null)];
        if (address.AccountId is { } id) return LeavesOf(_accounts[id], [.. path, address]);
        Assert.DoesNotContain(address, path);
        return [.. address.Destinations.SelectMany(d => LeavesOf(d.AccountId, d.LocalAddressId, d.External, [.. path, address]))];
    }

    // An account that takes no mail passes none on, so it is left out as a whole.
    private List<Leaf> LeavesOf(Account account, HashSet<object> path)
    {
        var own = new Leaf(MailboxOf(account), account);
        if (RedirectOf(account) is not { } redirect || !MayReceive(account)) return [own];
        if (path.Contains(account)) return [];
        // A redirect that keeps a copy is expanded only once. Addresses that led to it may come again behind it.
        HashSet<object> next = redirect.KeepsCopy ? [.. path.OfType<Account>(), account] : [.. path, account];
        var others = redirect.Destinations.SelectMany(d => LeavesOf(d.AccountId, d.LocalAddressId, d.External, next));
        return redirect.KeepsCopy ? [own, .. others] : [.. others];
    }

    private List<Leaf> LeavesOf(long? account, long? address, AddrSpec? external, HashSet<object> path)
    {
        if (account is { } a) return LeavesOf(_accounts[a], path);
        return address is { } l ? LeavesOf(_addresses[l], path) : OutsideOf(external!, path);
    }

    // An address under a hosted name is not external: if it exists, the destination is local by now, unless that would make a loop.
    private List<Leaf> OutsideOf(AddrSpec external, HashSet<object> path)
    {
        if (_domains.Values.SingleOrDefault(d => NamesOf(d).Contains(external.Domain.Value)) is not { } domain)
            return [new(CoreFixture.Host.Delivers(external) ? CoreFixture.Host.Postmaster : external.Value, null)];
        if (domain.State == DomainState.Suspended) return [];
        if (IsRelayed(domain)) return [new(external.Value, null)];
        var part = external.LocalPart.ToLowerInvariant().Split('+')[0];
        var there = _addresses.Values.SingleOrDefault(a => a.DomainId == domain.Id && a.LocalPart.Value == part);
        Assert.True(
            there is null || (there.AccountId is { } id && _accounts[id].State == AccountState.Deleted)
            || LeadsTo(there, path.Last(), []), $"{external} is ours");
        return RelaysUnknown(domain) && there is null ? [new(external.Value, null)] : [];
    }

    private bool LeadsTo(object from, object wanted, HashSet<object> seen)
    {
        if (from == wanted) return true;
        if (!seen.Add(from)) return false;
        if (from is MailAddress { AccountId: { } owner }) return LeadsTo(_accounts[owner], wanted, seen);
        IEnumerable<(long? Account, long? Address)> next = from is Account account
            ? RedirectOf(account)?.Destinations.Select(d => (d.AccountId, d.LocalAddressId)) ?? []
            : ((MailAddress)from).Destinations.Select(d => (d.AccountId, d.LocalAddressId));
        return next.Any(
            n => n.Account is { } a ? LeadsTo(_accounts[a], wanted, seen) : n.Address is { } l && LeadsTo(_addresses[l], wanted, seen));
    }

    private static AccountRedirect? RedirectOf(Account account) =>
        account.Redirect is { Destinations.Count: > 0 } redirect ? redirect : null;

    private sealed record Leaf(string Text, Account? Account);
}
