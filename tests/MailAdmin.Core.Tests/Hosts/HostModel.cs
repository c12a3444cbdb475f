using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Redirects;
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
        await context.Accounts.Include(a => a.Redirect!.Destinations).AsSplitQuery().ToListAsync(),
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
    public bool IsOpen(MailAddress address) => Opens(address, []);

    /// <summary>Every place where its mail is to go, and none besides.</summary>
    public IReadOnlySet<string> RecipientsOf(MailAddress address) => Texts(LeavesOf(address, []));

    /// <summary>
    /// Destinations that are still kept as outside addresses though somebody has them here: there are to be none, but those that would lead back.
    /// </summary>
    public IEnumerable<string> OursKeptAsOutside()
    {
        foreach (var (owner, destination) in Addresses.SelectMany(a => a.Destinations.Select(d => ((object)a, (IDestination)d)))
            .Concat(_accounts.Values.Where(a => a.Redirect is not null).SelectMany(a => a.Redirect!.Destinations.Select(d => ((object)a, (IDestination)d)))))
        {
            if (destination.External is not { } external || OursNamed(external.Domain) is not { Routing: DomainRouting.Local } domain) continue;
            var part = external.LocalPart.ToLowerInvariant().Split('+')[0];
            var there = Addresses.SingleOrDefault(a => a.DomainId == domain.Id && a.LocalPart.Value == part);
            if (there is null || (there.AccountId is { } id && _accounts[id].State == AccountState.Deleted) || LeadsBack(there, owner)) continue;
            yield return external.Value;
        }
    }

    private string TextOf(AliasDestination destination)
    {
        if (destination.AccountId is { } id) return _accounts[id].Username.Value;
        if (destination.LocalAddressId is { } local) return $"{_addresses[local].LocalPart}@{DomainOf(_addresses[local]).Name}";
        return destination.External!.Value.ToLowerInvariant();
    }

    /// <summary>The same of a mailbox: itself, or where its redirect leads.</summary>
    public IReadOnlySet<string> RecipientsOf(Account account) => Texts(LeavesOf(account, []));

    private HashSet<string> Texts(IEnumerable<Leaf> leaves) =>
        leaves.Where(l => l.Account is null || MayReceive(l.Account)).Select(l => l.Text).ToHashSet(StringComparer.Ordinal);

    private bool Opens(MailAddress address, HashSet<object> path)
    {
        var domain = _domains[address.DomainId];
        // A suspended domain answers for itself; through others nothing passes it.
        if (path.Count > 0 && domain.State == DomainState.Suspended) return false;
        if (domain.Routing == DomainRouting.Relay) return true;
        if (address.AccountId is { } id) return Opens(_accounts[id], [.. path, address]);
        return address.Destinations.Any(d => Opens(d, [.. path, address]));
    }

    // Where no copy is kept the mailbox may be full; it has to be there all the same.
    private bool Opens(Account account, HashSet<object> path)
    {
        if (path.Contains(account) || !MayReceive(account) || !account.MailboxReady) return false;
        if (RedirectOf(account) is not { KeepsCopy: false } redirect) return !account.IsFull;
        return redirect.Destinations.Any(d => Opens(d, [.. path, account]));
    }

    private bool Opens(IDestination destination, HashSet<object> path)
    {
        if (destination.AccountId is { } account) return Opens(_accounts[account], path);
        return destination.LocalAddressId is { } address ? Opens(_addresses[address], path) : IsTakenElsewhere(destination.External!);
    }

    private List<Leaf> LeavesOf(MailAddress address, HashSet<object> path)
    {
        var domain = _domains[address.DomainId];
        if (path.Count > 0 && domain.State == DomainState.Suspended) return [];
        if (domain.Routing == DomainRouting.Relay) return [new($"{address.LocalPart}@{domain.Name}", null)];
        if (address.AccountId is { } id) return LeavesOf(_accounts[id], [.. path, address]);
        Assert.DoesNotContain(address, path);
        return [.. address.Destinations.SelectMany(d => LeavesOf(d, [.. path, address]))];
    }

    // Who takes no mail has none passed on; he is left out as a whole.
    private List<Leaf> LeavesOf(Account account, HashSet<object> path)
    {
        var own = new Leaf(MailboxOf(account), account);
        if (RedirectOf(account) is not { } redirect || !MayReceive(account)) return [own];
        if (path.Contains(account)) return [];
        var others = redirect.Destinations.SelectMany(d => LeavesOf(d, [.. path, account]));
        return redirect.KeepsCopy ? [own, .. others] : [.. others];
    }

    private List<Leaf> LeavesOf(IDestination destination, HashSet<object> path)
    {
        if (destination.AccountId is { } account) return LeavesOf(_accounts[account], path);
        if (destination.LocalAddressId is { } address) return LeavesOf(_addresses[address], path);
        return IsTakenElsewhere(destination.External!) ? [new(destination.External!.Value, null)] : [];
    }

    private bool IsTakenElsewhere(AddrSpec external) => OursNamed(external.Domain) is null or { State: DomainState.Active, Routing: DomainRouting.Relay };

    private MailDomain? OursNamed(DomainName name) => Domains.SingleOrDefault(d => NamesOf(d).Contains(name.Value));

    // Whether going on from here comes back to the owner of a destination; where a copy is kept, it ends.
    private bool LeadsBack(object at, object owner)
    {
        if (at is MailAddress { AccountId: { } id }) return LeadsBack(_accounts[id], owner);
        if (at is Account account && RedirectOf(account) is not { KeepsCopy: false }) return false;
        if (at == owner) return true;
        var next = at is Account redirected ? RedirectOf(redirected)!.Destinations.Cast<IDestination>() : ((MailAddress)at).Destinations;
        return next.Any(d => d.AccountId is { } a ? LeadsBack(_accounts[a], owner) : d.LocalAddressId is { } l && LeadsBack(_addresses[l], owner));
    }

    private static AccountRedirect? RedirectOf(Account account) => account.Redirect is { Destinations.Count: > 0 } redirect ? redirect : null;

    private sealed record Leaf(string Text, Account? Account);
}
