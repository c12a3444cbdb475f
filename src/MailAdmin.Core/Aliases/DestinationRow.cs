using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Routing;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Aliases;

/// <summary>A destination for display: a username, a hosted address, or another address.</summary>
public sealed record DestinationRow(
    long Id, long AliasId, Username? Username, LocalPart? LocalPart, DomainName? Domain, AddrSpec? External, DestinationState State)
{
    public string Display => Username?.Value ?? External?.Display ?? $"{LocalPart}@{Domain!.Display}";

    /// <summary>False if it takes no mail now or soon.</summary>
    public bool Takes => State <= DestinationState.Full;
}

/// <summary>Whether a destination gets its copy, and why not.</summary>
public enum DestinationState
{
    Takes,

    /// <summary>Its mailbox is being created; mail waits for it.</summary>
    BeingMade,

    /// <summary>Its mailbox is full; mail waits until there is room.</summary>
    Full,

    /// <summary>The account or its domain is suspended.</summary>
    Suspended,

    /// <summary>Receiving is switched off for the account.</summary>
    NotReceiving,

    /// <summary>The account was deleted, or the address is of a domain that is hosted here now and does not have it.</summary>
    Gone,

    /// <summary>An alias without any destination that takes mail.</summary>
    LeadsNowhere,
}

/// <summary>Reads destinations with their state.</summary>
internal static class DestinationRows
{
    /// <summary>Destinations of aliases, in the order in which they were added.</summary>
    public static async Task<IReadOnlyList<DestinationRow>> ReadAsync(
        MailContext context, IQueryable<Destination> destinations, CancellationToken cancellationToken = default)
    {
        var rows = await (
            from d in destinations
            join owner in context.Accounts on d.AccountId ?? d.LocalAddress!.AccountId equals (long?)owner.Id into owners
            from account in owners.DefaultIfEmpty()
            orderby d.Id
            select new
            {
                Row = new DestinationRow(
                    d.Id, d.AliasId!.Value, d.Account!.Username, d.LocalAddress!.LocalPart, d.LocalAddress.Domain!.Name, d.External,
                    DestinationState.Takes),
                Account = account,
                DomainState = (DomainState?)(account != null ? account.Domain!.State : d.LocalAddress.Domain!.State),
                IsRefused = context.MapEntries.Any(
                    e => e.Owner == MapOwner.Address && e.OwnerId == d.LocalAddressId && e.Map == PostfixMap.Refused && e.Value != null),
                // Two index lookups are used: with OR, all domains would be scanned for each row.
                IsUnderOurName = d.ExternalDomain != null
                    && (context.Domains.Any(x => x.Routing == DomainRouting.Local && x.Name == d.ExternalDomain)
                    || context.DomainAliases.Any(n => n.Domain!.Routing == DomainRouting.Local && n.Name == d.ExternalDomain)),
            }).ToListAsync(cancellationToken);
        return [.. rows.Select(r => r.Row with { State = StateOf(r.Account, r.DomainState, r.IsRefused, r.IsUnderOurName) })];
    }

    private static DestinationState StateOf(Account? account, DomainState? domain, bool isRefused, bool isUnderOurName) => account switch
    {
        { State: AccountState.Deleted } => DestinationState.Gone,
        _ when domain == DomainState.Suspended => DestinationState.Suspended,
        { State: AccountState.Suspended } => DestinationState.Suspended,
        { MailboxReady: false } => DestinationState.BeingMade,
        { } when !account.Services.HasFlag(MailProtocols.Receiving) => DestinationState.NotReceiving,
        { IsFull: true } => DestinationState.Full,
        null when isUnderOurName => DestinationState.Gone,
        null when isRefused => DestinationState.LeadsNowhere,
        _ => DestinationState.Takes,
    };
}
