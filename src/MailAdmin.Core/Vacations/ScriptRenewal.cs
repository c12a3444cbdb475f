using MailAdmin.Core.Data;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Routing;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Vacations;

/// <summary>
/// The scripts name addresses. Whatever changes where an address leads renews the task for the scripts of all accounts that it leads to, or led to,
/// and that have a vacation on.
/// </summary>
internal static class ScriptRenewal
{
    // Bounds what one statement takes as parameters: a whole domain may get another name.
    private const int ChunkSize = 500;

    // The last by the index; Any() would go through all that are off, where none is on.
    private static readonly Func<MailContext, CancellationToken, Task<bool>> IsAnybodyAway = EF.CompileAsyncQuery((MailContext context, CancellationToken token) =>
        context.Vacations.OrderByDescending(v => v.IsOn).Select(v => v.IsOn).FirstOrDefault());

    public static async Task RenewAsync(MailWrite write, MapChangeSet scope, CancellationToken token)
    {
        var context = write.Context;
        if (scope.MovesDays) await RenewDatedAsync(write, token);
        if (!scope.MovesAddresses || !await IsAnybodyAway(context, token)) return;
        var whole = scope.WholeDomains.ToList();
        var addresses = scope.Addresses.ToHashSet();
        addresses.UnionWith(await context.Addresses.Where(a => whole.Contains(a.DomainId)).Select(a => a.Id).ToListAsync(token));
        await AddressClosure.AddAsync(context, [], addresses, token);
        addresses.UnionWith(scope.LeftAddresses);
        var accounts = scope.LeftAccounts.ToHashSet();
        await FollowAsync(context, addresses, accounts, token);
        foreach (var chunk in accounts.Chunk(ChunkSize))
            await write.EnqueueAsync(OutboxKind.Script, await context.Vacations.Where(v => v.IsOn && chunk.Contains(v.AccountId)).Select(v => v.AccountId).ToListAsync(token));
        await context.SaveChangesAsync(token);
    }

    /// <summary>Days begin at other moments in another time zone.</summary>
    private static async Task RenewDatedAsync(MailWrite write, CancellationToken token)
    {
        var dated = await write.Context.Vacations.Where(v => v.IsOn && (v.From != null || v.Until != null)).Select(v => v.AccountId).ToListAsync(token);
        await write.EnqueueAsync(OutboxKind.Script, dated);
        await write.Context.SaveChangesAsync(token);
    }

    private static async Task FollowAsync(MailContext context, HashSet<long> addresses, HashSet<long> accounts, CancellationToken token)
    {
        var frontier = addresses.ToList();
        while (frontier.Count > 0)
        {
            var next = new List<long>();
            foreach (var chunk in frontier.Chunk(ChunkSize))
            {
                accounts.UnionWith(await context.Addresses.Where(a => chunk.Contains(a.Id) && a.AccountId != null).Select(a => a.AccountId!.Value).ToListAsync(token));
                var destinations = await context.AliasDestinations.Where(d => chunk.Contains(d.AliasId)).Select(d => new { d.AccountId, d.LocalAddressId })
                    .ToListAsync(token);
                accounts.UnionWith(destinations.Select(d => d.AccountId).OfType<long>());
                next.AddRange(destinations.Select(d => d.LocalAddressId).OfType<long>());
            }
            frontier = [.. next.Where(addresses.Add)];
        }
    }
}
