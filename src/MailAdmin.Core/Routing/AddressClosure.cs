using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Routing;

/// <summary>Finds every address whose rows depend on some accounts or addresses: their own, and all aliases that lead to them, however far off.</summary>
internal static class AddressClosure
{
    private const int ChunkSize = 500;

    public static async Task AddAsync(MailContext context, HashSet<long> accounts, HashSet<long> addresses, CancellationToken token)
    {
        // An account's addresses name one another as logins in the senders map.
        var owners = new HashSet<long>(accounts);
        foreach (var chunk in addresses.Chunk(ChunkSize))
        {
            owners.UnionWith(await context.Addresses.Where(a => chunk.Contains(a.Id) && a.AccountId != null).Select(a => a.AccountId!.Value)
                .ToListAsync(token));
        }
        foreach (var chunk in owners.Chunk(ChunkSize))
        {
            addresses.UnionWith(await context.Addresses.Where(a => a.AccountId != null && chunk.Contains(a.AccountId.Value)).Select(a => a.Id).ToListAsync(token));
            addresses.UnionWith(await context.AliasDestinations.Where(d => d.AccountId != null && chunk.Contains(d.AccountId.Value)).Select(d => d.AliasId).ToListAsync(token));
        }
        var frontier = addresses.ToList();
        while (frontier.Count > 0)
        {
            var next = new List<long>();
            foreach (var chunk in frontier.Chunk(ChunkSize))
            {
                next.AddRange(await context.AliasDestinations.Where(d => d.LocalAddressId != null && chunk.Contains(d.LocalAddressId.Value)).Select(d => d.AliasId).Distinct()
                    .ToListAsync(token));
            }
            frontier = [.. next.Where(addresses.Add)];
        }
    }
}
