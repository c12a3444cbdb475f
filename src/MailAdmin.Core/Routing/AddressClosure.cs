using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Routing;

/// <summary>
/// Finds everybody whose rows depend on some accounts or addresses: their own addresses, and all aliases and redirects that lead to them,
/// however far off. What leads there is asked for in one question a level: each costs a write as much as a row.
/// </summary>
internal static class AddressClosure
{
    private const int ChunkSize = 500;

    public static async Task AddAsync(MailContext context, HashSet<long> accounts, HashSet<long> addresses, CancellationToken token)
    {
        // An account's addresses name one another as logins in the senders map.
        foreach (var chunk in addresses.Chunk(ChunkSize))
        {
            accounts.UnionWith(await context.Addresses.Where(a => chunk.Contains(a.Id) && a.AccountId != null).Select(a => a.AccountId!.Value)
                .ToListAsync(token));
        }
        var (newAccounts, newAddresses) = (accounts.ToList(), addresses.ToList());
        while (newAccounts.Count + newAddresses.Count > 0)
        {
            var (nextAccounts, nextAddresses) = (new List<long>(), new List<long>());
            foreach (var chunk in newAccounts.Chunk(ChunkSize)) await AddLeadingToAccountsAsync(context, chunk, nextAccounts, nextAddresses, token);
            foreach (var chunk in newAddresses.Chunk(ChunkSize)) await AddLeadingToAddressesAsync(context, chunk, nextAccounts, nextAddresses, token);
            (newAccounts, newAddresses) = ([.. nextAccounts.Where(accounts.Add)], [.. nextAddresses.Where(addresses.Add)]);
        }
    }

    private static async Task AddLeadingToAccountsAsync(
        MailContext context, long[] ids, List<long> accounts, List<long> addresses, CancellationToken token)
    {
        var leading = await context.Addresses.Where(a => a.AccountId != null && ids.Contains(a.AccountId.Value)).Select(a => new { OfAccount = false, a.Id })
            .Concat(context.AliasDestinations.Where(d => d.AccountId != null && ids.Contains(d.AccountId.Value)).Select(d => new { OfAccount = false, Id = d.AliasId }))
            .Concat(context.RedirectDestinations.Where(d => d.AccountId != null && ids.Contains(d.AccountId.Value)).Select(d => new { OfAccount = true, Id = d.RedirectId }))
            .ToListAsync(token);
        foreach (var found in leading) (found.OfAccount ? accounts : addresses).Add(found.Id);
    }

    private static async Task AddLeadingToAddressesAsync(
        MailContext context, long[] ids, List<long> accounts, List<long> addresses, CancellationToken token)
    {
        var leading = await context.AliasDestinations.Where(d => d.LocalAddressId != null && ids.Contains(d.LocalAddressId.Value))
            .Select(d => new { OfAccount = false, Id = d.AliasId })
            .Concat(context.RedirectDestinations.Where(d => d.LocalAddressId != null && ids.Contains(d.LocalAddressId.Value)).Select(d => new { OfAccount = true, Id = d.RedirectId }))
            .ToListAsync(token);
        foreach (var found in leading) (found.OfAccount ? accounts : addresses).Add(found.Id);
    }
}
