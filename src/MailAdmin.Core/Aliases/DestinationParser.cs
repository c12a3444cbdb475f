using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Results;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Aliases;

/// <summary>
/// Parses destinations (manual, chapter 2): a username, a hosted address, or any other address. Usernames and hosted addresses have to
/// exist, so that unchecked text never reaches a map. A domain may forbid external destinations, also to superusers.
/// </summary>
/// <param name="domain">The domain of the alias or of the redirected account.</param>
internal sealed class DestinationParser(MailWrite write, MailDomain domain)
{
    private static readonly Func<MailContext, IAsyncEnumerable<DomainName>> StoreNames = CompiledQuery.Create(
        (MailContext context) => context.Stores.Select(s => s.Name));

    private static readonly Func<MailContext, long, LocalPart, Task<MailAddress?>> LocalAddress = CompiledQuery.Create(
        (MailContext context, long domainId, LocalPart localPart) =>
        context.Addresses.AsTracking().Include(a => a.Account).Include(a => a.Domain)
            .SingleOrDefault(a => a.DomainId == domainId && a.LocalPart == localPart));

    // Domains that are not hosted here are cached too: a pasted list has a few domains and hundreds of addresses.
    private readonly Dictionary<DomainName, DomainQueries.HostedDomain?> _domains = [];
    private HashSet<DomainName>? _stores;

    /// <summary>
    /// Reads one item of the list as destinations that are not attached yet; problems carry the field Destinations. An item of several
    /// words may be several usernames, or one invalid text.
    /// </summary>
    public async Task<IReadOnlyList<(string Text, Result<Destination> Read)>> ReadAsync(string item)
    {
        var reads = new List<(string, Result<Destination> Read)>();
        foreach (var word in item.Contains('@', StringComparison.Ordinal) ? [item] : item.Split(' '))
            reads.Add((word, await ReadOneAsync(word)));
        return reads.Count > 1 && reads.Count(r => !r.Read.Succeeded) > 1 ? [(item, AliasProblems.Malformed(item))] : reads;
    }

    private async Task<Result<Destination>> ReadOneAsync(string text) =>
        text.Contains('@', StringComparison.Ordinal) ? await ReadAddressAsync(text) : await ReadNameAsync(text);

    // A username, or the local part of an address of this domain.
    private async Task<Result<Destination>> ReadNameAsync(string text)
    {
        var account = Username.TryParse(text, out var username)
            ? await write.Context.Accounts.SingleOrDefaultAsync(a => a.Username == username && a.State != AccountState.Deleted) : null;
        // Another customer's username is reported like one that does not exist.
        if (account is not null && write.Actor.Sees(account.DomainId)) return new Destination { AccountId = account.Id, Account = account };
        var local = LocalPart.TryParse(text, out var part, out _) ? await LocalAddress(write.Context, domain.Id, part) : null;
        if (local is null || local.Account?.State == AccountState.Deleted) return AliasProblems.UnknownName(text, domain.Name.Display);
        return new Destination { LocalAddressId = local.Id, LocalAddress = local };
    }

    private async Task<Result<Destination>> ReadAddressAsync(string text)
    {
        if (!AddrSpec.TryParse(text, out var address, out var fault))
            return fault.Code == AddressProblems.InvisibleCode ? fault.At("Destinations") : AliasProblems.Malformed(text);
        // An address under the store's own name would reach a mailbox and bypass every rule.
        _stores ??= [.. await StoreNames(write.Context).ToListAsync()];
        if (_stores.Contains(address.Domain)) return AliasProblems.UnknownAddress(text);
        var hosted = await HostedDomainAsync(address.Domain);
        if (hosted is null && write.Context.Host.IsNobody(address)) return AliasProblems.HostName(address.Display, address.Domain.Display);
        if (hosted is null && !domain.AllowsExternalDestinations) return AliasProblems.ExternalForbidden(address.Display);
        if (hosted is null or { Routing: DomainRouting.Relay, IsSwitching: false }) return new Destination { External = address };
        // Postfix drops a tag while it expands, so the destination is the address without it (docs/decisions/0028).
        var local = LocalPart.TryParse(address.Untagged, out var part, out _) ? await LocalAddress(write.Context, hosted.Id, part) : null;
        if (local is not null && local.Account?.State != AccountState.Deleted)
            return new Destination { LocalAddressId = local.Id, LocalAddress = local };
        // While a domain is being switched to relaying, its addresses still exist here and all other recipients are relayed.
        return local is null && hosted.Routing == DomainRouting.Relay
            ? new Destination { External = address } : AliasProblems.UnknownAddress(text);
    }

    private async Task<DomainQueries.HostedDomain?> HostedDomainAsync(DomainName name)
    {
        if (_domains.TryGetValue(name, out var known)) return known;
        return _domains[name] = await DomainQueries.ByName(write.Context, name).SingleOrDefaultAsync();
    }
}
