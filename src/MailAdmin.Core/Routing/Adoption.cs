using MailAdmin.Core.Addresses;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Routing;

/// <summary>
/// Destinations that were elsewhere when they were typed, and are ours now: their domain moved here, got a name more, or got the address. They
/// become local, so that a suspension reaches them and a loop is seen.
/// </summary>
internal static class Adoption
{
    private const int ChunkSize = 500;

    /// <summary>
    /// Adopts every outside destination that names one of these addresses. One that would lead back to itself stays as it is and takes no mail;
    /// it is looked at again whenever an alias on its way changes.
    /// </summary>
    /// <returns>The aliases whose destinations changed.</returns>
    public static async Task<IReadOnlyCollection<long>> AdoptAsync(MailWrite write, IReadOnlySet<long> addressIds, CancellationToken token)
    {
        var adopting = new HashSet<long>();
        foreach (var (destination, address) in await FindAsync(write.Context, addressIds, token))
        {
            var external = destination.External!;
            await PointAsync(write, destination, address, token);
            if (await ExpansionCheck.OfAliasAsync(write.Context, destination.AliasId) is null)
            {
                adopting.Add(destination.AliasId);
                var alias = await write.Context.Addresses.Include(a => a.Domain).SingleAsync(a => a.Id == destination.AliasId, token);
                write.Record("alias.destination-adopted", alias.Domain, Name(alias), new { Destination = external.Value }, new { Destination = Name(address) });
                continue;
            }
            (destination.External, destination.LocalAddressId, destination.LocalAddress) = (external, null, null);
            await write.Context.SaveChangesAsync(token);
        }
        return adopting;
    }

    /// <summary>The same for an address that is being made, where the caller looks for loops and tells of them.</summary>
    public static async Task AdoptUncheckedAsync(MailWrite write, long addressId)
    {
        foreach (var (destination, address) in await FindAsync(write.Context, new HashSet<long> { addressId }, CancellationToken.None))
            await PointAsync(write, destination, address, CancellationToken.None);
    }

    private static async Task<List<(AliasDestination Destination, MailAddress Address)>> FindAsync(MailContext context, IReadOnlySet<long> addressIds, CancellationToken token)
    {
        var domains = new HashSet<long>();
        foreach (var chunk in addressIds.Chunk(ChunkSize))
        {
            domains.UnionWith(await context.Addresses.Where(a => chunk.Contains(a.Id) && a.Domain!.Routing == DomainRouting.Local).Select(a => a.DomainId).Distinct()
                .ToListAsync(token));
        }
        var found = new List<(AliasDestination, MailAddress)>();
        foreach (var chunk in domains.Chunk(ChunkSize))
        {
            var names = context.Domains.Where(d => chunk.Contains(d.Id)).Select(d => new { d.Name, DomainId = d.Id })
                .Concat(context.DomainAliases.Where(n => chunk.Contains(n.DomainId)).Select(n => new { n.Name, n.DomainId }));
            var outside = await (from name in names join d in context.AliasDestinations on name.Name equals d.ExternalDomain select new { Destination = d, name.DomainId })
                .ToListAsync(token);
            foreach (var one in outside)
            {
                if (await AddressOfAsync(context, one.Destination.External!, one.DomainId, token) is { } address && addressIds.Contains(address.Id))
                    found.Add((one.Destination, address));
            }
        }
        return found;
    }

    // Postfix too delivers gugus+tag@ to gugus@, whatever the case.
    internal static async Task<MailAddress?> AddressOfAsync(MailContext context, AddrSpec external, long domainId, CancellationToken token)
    {
        if (!LocalPart.TryParse(external.LocalPart.Split('+')[0], out var part, out _)) return null;
        return await context.Addresses.Include(a => a.Domain).SingleOrDefaultAsync(
            a => a.DomainId == domainId && a.LocalPart == part && (a.AccountId == null || a.Account!.State != Accounts.AccountState.Deleted), token);
    }

    internal static string Name(MailAddress address) => $"{address.LocalPart}@{address.Domain!.Name}";

    private static async Task PointAsync(MailWrite write, AliasDestination destination, MailAddress address, CancellationToken token)
    {
        var mailbox = address.AccountId;
        var isThere = await write.Context.AliasDestinations.AnyAsync(
            d => d.AliasId == destination.AliasId
                && (d.LocalAddressId == address.Id || (mailbox != null && (d.AccountId == mailbox || d.LocalAddress!.AccountId == mailbox))), token);
        if (isThere) write.Context.AliasDestinations.Remove(destination);
        else (destination.External, destination.LocalAddressId) = (null, address.Id);
        await write.Context.SaveChangesAsync(token);
    }
}
