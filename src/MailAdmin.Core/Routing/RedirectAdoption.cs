using MailAdmin.Core.Addresses;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Redirects;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Routing;

/// <summary>What <see cref="Adoption"/> is for aliases, for redirects. The account's own address among them becomes its kept copy.</summary>
internal static class RedirectAdoption
{
    private const int ChunkSize = 500;

    /// <returns>The accounts whose redirects changed.</returns>
    public static async Task<IReadOnlyCollection<long>> AdoptAsync(MailWrite write, IReadOnlySet<long> addressIds, CancellationToken token)
    {
        var adopting = new HashSet<long>();
        foreach (var (destination, address) in await FindAsync(write.Context, addressIds, token))
        {
            var external = destination.External!;
            if (!await TryPointAsync(write.Context, destination, address, token)) continue;
            adopting.Add(destination.RedirectId);
            var account = await write.Context.Accounts.Include(a => a.Domain).SingleAsync(a => a.Id == destination.RedirectId, token);
            write.Record(
                "redirect.destination-adopted", account.Domain, account.Username.Value, new { Destination = external.Value }, new { Destination = Adoption.Name(address) });
        }
        return adopting;
    }

    private static async Task<List<(RedirectDestination Destination, MailAddress Address)>> FindAsync(
        MailContext context, IReadOnlySet<long> addressIds, CancellationToken token)
    {
        var found = new List<(RedirectDestination, MailAddress)>();
        foreach (var chunk in addressIds.Chunk(ChunkSize))
        {
            var local = context.Domains.Where(d => d.Routing == DomainRouting.Local && context.Addresses.Any(a => a.DomainId == d.Id && chunk.Contains(a.Id)));
            var names = local.Select(d => new { d.Name, DomainId = d.Id }).Concat(local.SelectMany(d => d.Aliases).Select(n => new { n.Name, n.DomainId }));
            var outside = await (from name in names join d in context.RedirectDestinations on name.Name equals d.ExternalDomain select new { Destination = d, name.DomainId })
                .ToListAsync(token);
            foreach (var one in outside)
            {
                if (await Adoption.AddressOfAsync(context, one.Destination.External!, one.DomainId, token) is { } address && chunk.Contains(address.Id))
                    found.Add((one.Destination, address));
            }
        }
        return found;
    }

    // One that would lead back to itself stays as it is and takes no mail.
    private static async Task<bool> TryPointAsync(MailContext context, RedirectDestination destination, MailAddress address, CancellationToken token)
    {
        var redirect = await context.Redirects.Include(r => r.Destinations).ThenInclude(d => d.LocalAddress).SingleAsync(r => r.AccountId == destination.RedirectId, token);
        var mailbox = address.AccountId;
        if (mailbox == redirect.AccountId) redirect.KeepsCopy = true;
        if (mailbox == redirect.AccountId || redirect.Destinations.Any(d => d.LocalAddressId == address.Id || (mailbox != null && (d.AccountId ?? d.LocalAddress?.AccountId) == mailbox)))
        {
            context.RedirectDestinations.Remove(destination);
            await context.SaveChangesAsync(token);
            return true;
        }
        var external = destination.External;
        (destination.External, destination.LocalAddressId) = (null, address.Id);
        await context.SaveChangesAsync(token);
        if (await ExpansionCheck.OfAccountAsync(context, redirect.AccountId) is null) return true;
        (destination.External, destination.LocalAddressId, destination.LocalAddress) = (external, null, null);
        await context.SaveChangesAsync(token);
        return false;
    }
}
