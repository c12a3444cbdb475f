using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Results;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Aliases;

/// <summary>
/// Makes typed destinations of what was typed (manual, chapter 2): a username, an address of ours, or any other address. What is ours has to
/// exist; nothing that is only text ever reaches a map. A domain may forbid what is outside, to the superuser as well.
/// </summary>
/// <param name="domain">The one that the alias belongs to.</param>
internal sealed class DestinationReader(MailWrite write, MailDomain domain)
{
    private static readonly Func<MailContext, IAsyncEnumerable<DomainName>> StoreNames = EF.CompileAsyncQuery((MailContext context) => context.Stores.Select(s => s.Name));

    private static readonly Func<MailContext, long, LocalPart, Task<MailAddress?>> LocalAddress = EF.CompileAsyncQuery((MailContext context, long domainId, LocalPart localPart) =>
        context.Addresses.AsTracking().Include(a => a.Account).Include(a => a.Domain).SingleOrDefault(a => a.DomainId == domainId && a.LocalPart == localPart));

    // Names that are asked for in vain are remembered too: a pasted list has a few domains and hundreds of addresses.
    private readonly Dictionary<DomainName, DomainQueries.HostedDomain?> _domains = [];
    private HashSet<DomainName>? _stores;

    /// <summary>One destination, not yet attached; problems carry the field Destinations.</summary>
    public async Task<Result<AliasDestination>> ReadAsync(string text) =>
        text.Contains('@', StringComparison.Ordinal) ? await ReadAddressAsync(text) : await ReadUsernameAsync(text);

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
        _stores ??= [.. await StoreNames(write.Context).ToListAsync()];
        if (_stores.Contains(address.Domain)) return AliasProblems.UnknownAddress(text);
        var hosted = await HostedDomainAsync(address.Domain);
        if (hosted is null && !domain.AllowsExternalDestinations) return AliasProblems.ExternalForbidden(address.Display);
        if (hosted is null or { Routing: DomainRouting.Relay, IsSwitching: false }) return new AliasDestination { External = address };
        // What is handed on else may have a tag, and Postfix leaves that out.
        var local = LocalPart.TryParse(hosted.Routing == DomainRouting.Relay ? address.Untagged : address.LocalPart, out var part, out _)
            ? await LocalAddress(write.Context, hosted.Id, part) : null;
        if (local is not null && local.Account?.State != AccountState.Deleted) return new AliasDestination { LocalAddressId = local.Id, LocalAddress = local };
        // On its way there, a domain has its addresses here still, and all others are handed on.
        return local is null && hosted.Routing == DomainRouting.Relay ? new AliasDestination { External = address } : AliasProblems.UnknownAddress(text);
    }

    private async Task<DomainQueries.HostedDomain?> HostedDomainAsync(DomainName name)
    {
        if (_domains.TryGetValue(name, out var known)) return known;
        return _domains[name] = await DomainQueries.ByName(write.Context, name).SingleOrDefaultAsync();
    }
}
