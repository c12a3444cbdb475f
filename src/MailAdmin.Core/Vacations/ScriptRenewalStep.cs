using MailAdmin.Core.Addresses;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Data;
using MailAdmin.Core.Hosters;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Routing;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Vacations;

/// <summary>
/// Vacation scripts list addresses. A change of where an address leads therefore renews the script jobs of all accounts that it leads or
/// led to and that have a vacation on.
/// </summary>
internal sealed class ScriptRenewalStep : ITransactionStep
{
    // Bounds the parameters of one statement, since a whole domain may get another name.
    private const int ChunkSize = 500;

    // Reads the last row of the index: if no vacation is on, Any() would scan all that are off.
    private static readonly Func<MailContext, CancellationToken, Task<bool>> IsAnybodyAway = CompiledQuery.Create(
        (MailContext context, CancellationToken cancellationToken) =>
        context.Vacations.OrderByDescending(v => v.IsOn).Select(v => v.IsOn).FirstOrDefault());

    public bool IsPreviewed => false;

    public async Task RunAsync(MailWrite write, CancellationToken cancellationToken)
    {
        var (context, changes) = (write.Context, write.Changes);
        if (changes.Of<HosterChanged>().Any(h => h.MovesDays)) await RenewDatedAsync(write, cancellationToken);
        var changed = ChangedOwners.Of(changes);
        if (changed.Addresses.Count + changed.WholeDomains.Count == 0 || !await IsAnybodyAway(context, cancellationToken)) return;
        var (addresses, whole) = (changed.Addresses, changed.WholeDomains.ToList());
        addresses.UnionWith(await context.Addresses.Where(a => whole.Contains(a.DomainId)).Select(a => a.Id)
            .ToListAsync(cancellationToken));
        await AddressClosure.AddAsync(context, [], addresses, cancellationToken);
        addresses.UnionWith(OfAliases(changes).Select(d => d.PreviousAddressId).OfType<long>());
        var accounts = PreviousAccountsOf(changes);
        await FollowAsync(context, addresses, accounts, cancellationToken);
        foreach (var chunk in accounts.Chunk(ChunkSize))
            await write.EnqueueAsync(
                JobKind.Script, await context.Vacations.Where(v => v.IsOn && chunk.Contains(v.AccountId)).Select(v => v.AccountId)
                    .ToListAsync(cancellationToken));
        await context.SaveChangesAsync(cancellationToken);
    }

    // The accounts that had an address, or that an alias led to, before the change.
    private static HashSet<long> PreviousAccountsOf(ChangeSet changes) =>
    [
        .. changes.Of<AddressChanged>().Select(a => a.PreviousAccountId).OfType<long>(),
        .. changes.Of<AddressRemoved>().Select(a => a.PreviousAccountId).OfType<long>(),
        .. OfAliases(changes).Select(d => d.PreviousAccountId).OfType<long>(),
    ];

    // A redirect does not change whose address it is.
    private static IEnumerable<DestinationChanged> OfAliases(ChangeSet changes) =>
        changes.Of<DestinationChanged>().Where(d => d.AliasId is not null);

    /// <summary>In another time zone, days begin at another time.</summary>
    private static async Task RenewDatedAsync(MailWrite write, CancellationToken cancellationToken)
    {
        var dated = await write.Context.Vacations.Where(v => v.IsOn && (v.From != null || v.Until != null)).Select(v => v.AccountId)
            .ToListAsync(cancellationToken);
        await write.EnqueueAsync(JobKind.Script, dated);
        await write.Context.SaveChangesAsync(cancellationToken);
    }

    private static async Task FollowAsync(
        MailContext context, HashSet<long> addresses, HashSet<long> accounts, CancellationToken cancellationToken)
    {
        var frontier = addresses.ToList();
        while (frontier.Count > 0)
        {
            var next = new List<long>();
            foreach (var chunk in frontier.Chunk(ChunkSize))
            {
                accounts.UnionWith(
                    await context.Addresses.Where(a => chunk.Contains(a.Id) && a.AccountId != null).Select(a => a.AccountId!.Value)
                        .ToListAsync(cancellationToken));
                var destinations = await context.Destinations.Where(d => d.AliasId != null && chunk.Contains(d.AliasId.Value))
                    .Select(d => new { d.AccountId, d.LocalAddressId })
                    .ToListAsync(cancellationToken);
                accounts.UnionWith(destinations.Select(d => d.AccountId).OfType<long>());
                next.AddRange(destinations.Select(d => d.LocalAddressId).OfType<long>());
            }
            frontier = [.. next.Where(addresses.Add)];
        }
    }
}
