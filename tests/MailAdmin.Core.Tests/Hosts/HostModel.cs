using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Tests.Hosts;

/// <summary>
/// What the owners of a host mean, said as simply as it can be: who may receive, and whom an address stands for. Written apart from the code that
/// computes map rows, to be compared with what comes of those.
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
        await context.Domains.Include(d => d.Aliases).ToListAsync(),
        await context.Accounts.ToListAsync(),
        await context.Addresses.Include(a => a.Destinations).AsSplitQuery().ToListAsync());

    /// <summary>Kind, domain, subject and text of everything by which something is to be found.</summary>
    public IEnumerable<string> SearchTexts()
    {
        foreach (var domain in Domains)
        {
            foreach (var name in NamesOf(domain)) yield return $"Domain {domain.Id} {domain.Id} {name}";
        }
        foreach (var account in _accounts.Values) yield return $"Account {account.DomainId} {account.Id} {account.Username}";
        foreach (var address in Addresses)
        {
            yield return $"{(address.AccountId is null ? "Alias" : "Account")} {address.DomainId} {address.AccountId ?? address.Id} {address.LocalPart}";
            foreach (var destination in address.Destinations) yield return $"Destination {address.DomainId} {address.Id} {TextOf(destination)}";
        }
    }

    public MailDomain DomainOf(MailAddress address) => _domains[address.DomainId];

    public static IEnumerable<string> NamesOf(MailDomain domain) => domain.Aliases.Select(a => a.Name.Value).Prepend(domain.Name.Value);

    public static string MailboxOf(Account account) => $"{account.Username}@{Store}";

    public Account? CatchAllOf(MailDomain domain) => domain.CatchAllAccountId is { } id ? _accounts[id] : null;

    /// <summary>Its owner is to have mail, though perhaps a little later.</summary>
    public bool MayReceive(Account account) =>
        account.State == AccountState.Active && account.Services.HasFlag(MailServices.Receiving) && _domains[account.DomainId].State == DomainState.Active;

    public bool ReceivesNow(Account account) => MayReceive(account) && account is { MailboxReady: true, IsFull: false };

    /// <summary>Whether the address may be taken at RCPT: somebody behind it receives now.</summary>
    public bool IsOpen(MailAddress address) => LeavesOf(address, []).Any(l => l.Account is null || ReceivesNow(l.Account));

    /// <summary>Every place where its mail is to go, and none besides.</summary>
    public IReadOnlySet<string> RecipientsOf(MailAddress address) =>
        LeavesOf(address, []).Where(l => l.Account is null || MayReceive(l.Account)).Select(l => l.Text).ToHashSet(StringComparer.Ordinal);

    private string TextOf(AliasDestination destination)
    {
        if (destination.AccountId is { } id) return _accounts[id].Username.Value;
        if (destination.LocalAddressId is { } local) return $"{_addresses[local].LocalPart}@{DomainOf(_addresses[local]).Name}";
        return destination.External!.Value.ToLowerInvariant();
    }

    private List<Leaf> LeavesOf(MailAddress address, HashSet<long> path)
    {
        var domain = _domains[address.DomainId];
        // A suspended domain answers for itself; through others nothing passes it.
        if (path.Count > 0 && domain.State == DomainState.Suspended) return [];
        if (domain.Routing == DomainRouting.Relay) return [new($"{address.LocalPart}@{domain.Name}", null)];
        if (address.AccountId is { } id) return [new(MailboxOf(_accounts[id]), _accounts[id])];
        Assert.True(path.Add(address.Id), $"{address.LocalPart}@{domain.Name} leads back to itself");
        var leaves = address.Destinations.SelectMany(d => LeavesOf(d, path)).ToList();
        path.Remove(address.Id);
        return leaves;
    }

    private List<Leaf> LeavesOf(AliasDestination destination, HashSet<long> path)
    {
        if (destination.AccountId is { } id) return [new(MailboxOf(_accounts[id]), _accounts[id])];
        if (destination.LocalAddressId is { } local) return LeavesOf(_addresses[local], path);
        return OutsideOf(destination, destination.External!);
    }

    // Under a name of ours nobody is outside: who is there has been taken for who he is, unless that would lead back.
    private List<Leaf> OutsideOf(AliasDestination destination, AddrSpec external)
    {
        if (_domains.Values.SingleOrDefault(d => NamesOf(d).Contains(external.Domain.Value)) is not { } domain) return [new(external.Value, null)];
        if (domain.State == DomainState.Suspended) return [];
        if (domain.Routing == DomainRouting.Relay) return [new(external.Value, null)];
        var part = external.LocalPart.ToLowerInvariant().Split('+')[0];
        var there = _addresses.Values.SingleOrDefault(a => a.DomainId == domain.Id && a.LocalPart.Value == part);
        Assert.True(there is null || (there.AccountId is { } id && _accounts[id].State == AccountState.Deleted) || LeadsTo(there.Id, destination.AliasId), $"{external} is ours");
        return [];
    }

    private bool LeadsTo(long address, long wanted) =>
        address == wanted || _addresses[address].Destinations.Any(d => d.LocalAddressId is { } next && LeadsTo(next, wanted));

    private sealed record Leaf(string Text, Account? Account);
}
