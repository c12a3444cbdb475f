using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Results;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Aliases;

/// <summary>
/// Makes typed destinations of what was typed (manual, chapter 2): a username, an address of ours, or any other address. What is ours has to
/// exist; nothing that is only text ever reaches a map.
/// </summary>
internal sealed class DestinationReader(MailWrite write)
{
    // Names that are asked for in vain are remembered too: a pasted list has a few domains and hundreds of addresses.
    private readonly Dictionary<DomainName, MailDomain?> _domains = [];
    private HashSet<DomainName>? _stores;

    /// <summary>One destination, not yet attached; problems carry the field Destinations.</summary>
    public async Task<Result<AliasDestination>> ReadAsync(string text) =>
        text.Contains('@', StringComparison.Ordinal) ? await ReadAddressAsync(text) : await ReadUsernameAsync(text);

    /// <summary>Of one that was read here: mail for it leaves this host's domains.</summary>
    public bool IsElsewhere(AliasDestination destination) => destination.External is { } external && _domains.GetValueOrDefault(external.Domain) is null;

    private async Task<Result<AliasDestination>> ReadUsernameAsync(string text)
    {
        if (!Username.TryParse(text, out var username)) return AliasProblems.UnknownUsername(text);
        var account = await write.Context.Accounts.SingleOrDefaultAsync(a => a.Username == username && a.State != AccountState.Deleted);
        // Another customer's username is as unknown as one that does not exist.
        if (account is null || !write.Actor.Sees(account.DomainId)) return AliasProblems.UnknownUsername(text);
        return new AliasDestination { AccountId = account.Id, Account = account };
    }

    private async Task<Result<AliasDestination>> ReadAddressAsync(string text)
    {
        if (!AddrSpec.TryParse(text, out var address)) return AliasProblems.Malformed(text);
        // The store's own name would reach a mailbox past every rule.
        _stores ??= [.. await write.Context.Stores.Select(s => s.Name).ToListAsync()];
        if (_stores.Contains(address.Domain)) return AliasProblems.UnknownAddress(text);
        if (await HostedDomainAsync(address.Domain) is not { Routing: DomainRouting.Local } domain) return new AliasDestination { External = address };
        if (!LocalPart.TryParse(address.LocalPart, out var part, out _)) return AliasProblems.UnknownAddress(text);
        var local = await write.Context.Addresses.Include(a => a.Account).SingleOrDefaultAsync(a => a.DomainId == domain.Id && a.LocalPart == part);
        if (local is null || local.Account?.State == AccountState.Deleted) return AliasProblems.UnknownAddress(text);
        return new AliasDestination { LocalAddressId = local.Id, LocalAddress = local };
    }

    private async Task<MailDomain?> HostedDomainAsync(DomainName name)
    {
        if (_domains.TryGetValue(name, out var known)) return known;
        return _domains[name] = await write.Context.Domains.SingleOrDefaultAsync(d => d.Name == name)
            ?? await write.Context.DomainAliases.Where(a => a.Name == name).Select(a => a.Domain).SingleOrDefaultAsync();
    }
}
