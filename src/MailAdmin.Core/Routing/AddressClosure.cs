using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Routing;

/// <summary>
/// Finds all owners whose map rows depend on the given accounts or addresses: the accounts' own addresses, and all aliases and redirects
/// that lead to them, over any number of steps. It runs one query per level, since in a write each query costs as much as a row.
/// </summary>
internal static class AddressClosure
{
    private const int ChunkSize = 500;

    private static readonly Func<MailContext, long[], IAsyncEnumerable<long>> OwnersOf = CompiledQuery.Create(
        (MailContext context, long[] addressIds) =>
        context.Addresses.Where(a => addressIds.Contains(a.Id) && a.AccountId != null).Select(a => a.AccountId!.Value));

    /// <summary>Addresses of these accounts, and the aliases and redirects with a destination that is one of the accounts.</summary>
    public static readonly Func<MailContext, long[], IAsyncEnumerable<Dependent>> DependentsOfAccounts = CompiledQuery.Create(
        (MailContext context, long[] ids) =>
        context.Addresses.Where(a => a.AccountId != null && ids.Contains(a.AccountId.Value))
            .Select(a => new Dependent { OfAccount = false, Id = a.Id })
            .Concat(context.Destinations.Where(d => d.AccountId != null && ids.Contains(d.AccountId.Value))
                .Select(d => new Dependent { OfAccount = d.RedirectId != null, Id = d.AliasId ?? d.RedirectId!.Value })));

    public static readonly Func<MailContext, long[], IAsyncEnumerable<Dependent>> DependentsOfAddresses = CompiledQuery.Create(
        (MailContext context, long[] ids) =>
        context.Destinations.Where(d => d.LocalAddressId != null && ids.Contains(d.LocalAddressId.Value))
            .Select(d => new Dependent { OfAccount = d.RedirectId != null, Id = d.AliasId ?? d.RedirectId!.Value }));

    public static async Task AddAsync(
        MailContext context, HashSet<long> accounts, HashSet<long> addresses, CancellationToken cancellationToken)
    {
        // An account's addresses name one another as logins in the senders map.
        foreach (var chunk in addresses.Chunk(ChunkSize)) accounts.UnionWith(await OwnersOf(context, chunk).ToListAsync(cancellationToken));
        var (newAccounts, newAddresses) = (accounts.ToList(), addresses.ToList());
        while (newAccounts.Count + newAddresses.Count > 0)
        {
            var (nextAccounts, nextAddresses) = (new List<long>(), new List<long>());
            foreach (var chunk in newAccounts.Chunk(ChunkSize)) await CollectAsync(DependentsOfAccounts(context, chunk));
            foreach (var chunk in newAddresses.Chunk(ChunkSize)) await CollectAsync(DependentsOfAddresses(context, chunk));
            (newAccounts, newAddresses) = ([.. nextAccounts.Where(accounts.Add)], [.. nextAddresses.Where(addresses.Add)]);

            async Task CollectAsync(IAsyncEnumerable<Dependent> dependents)
            {
                await foreach (var found in dependents.WithCancellation(cancellationToken))
                    (found.OfAccount ? nextAccounts : nextAddresses).Add(found.Id);
            }
        }
    }

    /// <summary>The id of an address (of an account or an alias), or of an account whose redirect leads to the start.</summary>
    internal sealed class Dependent
    {
        public bool OfAccount { get; init; }

        public long Id { get; init; }
    }
}
