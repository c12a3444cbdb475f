using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Redirects;
using MailAdmin.Core.Results;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Routing;

/// <summary>
/// Localizes destinations of aliases and redirects that were external when they were entered and are hosted here now: their domain moved
/// here, got another name, or got the address. Once they are local, a suspension applies to them and a loop through them is detected. This
/// is never undone: when a domain leaves, its addresses are deleted and the destinations with them, as the confirmation page says.
/// </summary>
internal static class DestinationLocalizer
{
    private const int ChunkSize = 500;

    // Hosted domains of these addresses, by each of their names.
    private static readonly Func<MailContext, long[], IAsyncEnumerable<NameOfDomain>> NamesOfDomains = CompiledQuery.Create(
        (MailContext context, long[] addressIds) =>
        (from a in context.Addresses
         where addressIds.Contains(a.Id)
            && (a.Domain!.Routing == DomainRouting.Local
            || a.Domain.Switch != null)
         select new NameOfDomain { Name = a.Domain!.Name, DomainId = a.DomainId })
        .Union(
            from a in context.Addresses
            where addressIds.Contains(a.Id) && (a.Domain!.Routing == DomainRouting.Local || a.Domain.Switch != null)
            join n in context.DomainAliases on a.DomainId equals n.DomainId
            where !n.IsBeingRemoved
            select new NameOfDomain { Name = n.Name, DomainId = n.DomainId }));

    private static readonly Func<MailContext, DomainName[], CancellationToken, Task<bool>> IsAnyOutside = CompiledQuery.Create(
        (MailContext context, DomainName[] names, CancellationToken cancellationToken) =>
        context.Destinations.Any(d => names.Contains(d.ExternalDomain!)));

    /// <summary>
    /// Makes every external destination local that names one of these addresses. If the alias or redirect has that destination already, the
    /// external one is removed. A destination that would lead back to its own alias or redirect stays external and takes no mail; it is
    /// checked again whenever something on its way changes.
    /// </summary>
    /// <param name="write">The transaction.</param>
    /// <param name="addressIds">Addresses here.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <param name="circles">Receives a problem for each destination that would lead back; null if the caller does not need them.</param>
    public static async Task LocalizeAsync(
        MailWrite write, IReadOnlySet<long> addressIds, CancellationToken cancellationToken, List<Problem>? circles = null)
    {
        foreach (var (destination, address) in await FindAsync(write.Context, addressIds, cancellationToken))
        {
            var external = destination.External!;
            var isPointed = await PointAsync(write.Context, destination, address, cancellationToken);
            if (!isPointed || await FaultOfAsync(write, destination) is not { } fault)
            {
                await RecordAsync(write, destination, external, address, cancellationToken);
                continue;
            }
            circles?.Add(fault);
            (destination.External, destination.LocalAddressId, destination.LocalAddress) = (external, null, null);
            await write.Context.SaveChangesAsync(cancellationToken);
        }
    }

    /// <summary>
    /// Addresses of a domain that are external destinations somewhere under names that the domain is about to get. These are followed as
    /// soon as the name is added.
    /// </summary>
    public static async Task<IReadOnlyList<long>> NamedAsync(MailContext context, long domainId, List<DomainName> names)
    {
        var external = await context.Destinations.Where(d => names.Contains(d.ExternalDomain!)).Select(d => d.External!).ToListAsync();
        var parts = external.Select(e => LocalPart.TryParse(e.Untagged, out var part, out _) ? part : null).OfType<LocalPart>().Distinct();
        var found = new List<long>();
        foreach (var chunk in parts.Chunk(ChunkSize))
            found.AddRange(
                await context.Addresses.Where(a => a.DomainId == domainId && chunk.Contains(a.LocalPart)).Select(a => a.Id).ToListAsync());
        return found;
    }

    /// <summary>The same for an address that is being created; the caller checks for loops and reports them.</summary>
    public static async Task LocalizeUncheckedAsync(MailWrite write, long addressId)
    {
        foreach (var (destination, address) in await FindAsync(write.Context, new HashSet<long> { addressId }, CancellationToken.None))
        {
            if (destination.AliasId is not null) await PointAsync(write.Context, destination, address, CancellationToken.None);
        }
    }

    private static Task<Problem?> FaultOfAsync(MailWrite write, Destination destination) =>
        destination.AliasId is { } alias
            ? ExpansionCheck.OfAliasAsync(write.Context, alias, write.Actor)
            : ExpansionCheck.OfAccountAsync(write.Context, destination.RedirectId!.Value, write.Actor);

    private static async Task RecordAsync(
        MailWrite write, Destination destination, AddrSpec external, MailAddress address, CancellationToken cancellationToken)
    {
        var (before, after) = (new { Destination = external.Value }, new { Destination = Name(address) });
        if (destination.AliasId is { } aliasId)
        {
            var alias = await write.Context.Addresses.Include(a => a.Domain).SingleAsync(a => a.Id == aliasId, cancellationToken);
            write.Record("alias.destination-adopted", alias.Domain, Name(alias), before, after);
            return;
        }
        var account = await write.Context.Accounts.Include(a => a.Domain)
            .SingleAsync(a => a.Id == destination.RedirectId, cancellationToken);
        write.Record("redirect.destination-adopted", account.Domain, account.Username.Value, before, after);
    }

    private static string Name(MailAddress address) => $"{address.LocalPart}@{address.Domain!.Name}";

    private static async Task<List<(Destination Destination, MailAddress Address)>> FindAsync(
        MailContext context, IReadOnlySet<long> addressIds, CancellationToken cancellationToken)
    {
        var found = new List<(Destination, MailAddress)>();
        foreach (var (destination, domainId) in await OutsideAsync(context, addressIds, cancellationToken))
        {
            if (await AddressOfAsync(context, destination.External!, domainId, cancellationToken) is { } address
                && addressIds.Contains(address.Id))
                found.Add((destination, address));
        }
        return found;
    }

    // External destinations under the names of the addresses' domains. Usually there are none.
    private static async Task<List<(Destination Destination, long DomainId)>> OutsideAsync(
        MailContext context, IReadOnlySet<long> addressIds, CancellationToken cancellationToken)
    {
        var names = new Dictionary<DomainName, long>();
        foreach (var chunk in addressIds.Chunk(ChunkSize))
            await foreach (var name in NamesOfDomains(context, chunk).WithCancellation(cancellationToken)) names[name.Name] = name.DomainId;
        var outside = new List<(Destination, long)>();
        foreach (var chunk in names.Keys.Chunk(ChunkSize))
        {
            if (!await IsAnyOutside(context, chunk, cancellationToken)) continue;
            // Destinations of aliases come first.
            var found = await context.Destinations.Where(d => chunk.Contains(d.ExternalDomain!)).OrderBy(d => d.AliasId == null)
                .ThenBy(d => d.Id).ToListAsync(cancellationToken);
            outside.AddRange(found.Select(d => (d, names[d.ExternalDomain!])));
        }
        return outside;
    }

    // Postfix also delivers gugus+tag@ to gugus@, in any case.
    private static async Task<MailAddress?> AddressOfAsync(
        MailContext context, AddrSpec external, long domainId, CancellationToken cancellationToken)
    {
        if (!LocalPart.TryParse(external.Untagged, out var part, out _)) return null;
        return await context.Addresses.Include(a => a.Domain).SingleOrDefaultAsync(
            a => a.DomainId == domainId && a.LocalPart == part
                && (a.AccountId == null || a.Account!.State != AccountState.Deleted), cancellationToken);
    }

    /// <returns>False if the destination was removed because the address is a destination already.</returns>
    private static async Task<bool> PointAsync(
        MailContext context, Destination destination, MailAddress address, CancellationToken cancellationToken)
    {
        var isThere = await IsThereAsync(context, destination, address, cancellationToken);
        if (isThere) context.Remove(destination);
        else (destination.External, destination.LocalAddressId) = (null, address.Id);
        await context.SaveChangesAsync(cancellationToken);
        return !isThere;
    }

    // An address that is a destination already needs no second copy. An account that redirects to itself keeps a copy.
    private static async Task<bool> IsThereAsync(
        MailContext context, Destination destination, MailAddress address, CancellationToken cancellationToken)
    {
        var (alias, redirect, mailbox) = (destination.AliasId, destination.RedirectId, address.AccountId);
        if (mailbox is not null && mailbox == redirect)
        {
            (await context.Redirects.SingleAsync(r => r.AccountId == redirect, cancellationToken)).KeepsCopy = true;
            return true;
        }
        var others = alias is null
            ? context.Destinations.Where(d => d.RedirectId == redirect) : context.Destinations.Where(d => d.AliasId == alias);
        return await others.AnyAsync(
            d => d.LocalAddressId == address.Id
            || (mailbox != null && (d.AccountId == mailbox || d.LocalAddress!.AccountId == mailbox)), cancellationToken);
    }

    private sealed class NameOfDomain
    {
        public required DomainName Name { get; init; }

        public long DomainId { get; init; }
    }
}
