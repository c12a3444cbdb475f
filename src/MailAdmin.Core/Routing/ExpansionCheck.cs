using MailAdmin.Core.Aliases;
using MailAdmin.Core.Data;
using MailAdmin.Core.Results;

namespace MailAdmin.Core.Routing;

/// <summary>
/// Refuses at saving what Postfix could not expand: a loop or an over-run holds up whole messages (451 at DATA), for innocent recipients too.
/// Postfix counts results with repeats and stops at 1 000; we stop at half of that, for every alias that leads to the changed one.
/// </summary>
internal static class ExpansionCheck
{
    public const int MaxResults = 500;

    /// <summary>Looks at the saved, not yet committed, state of the transaction.</summary>
    public static async Task<Problem?> OfAsync(MailContext context, long aliasId)
    {
        HashSet<long> affected = [aliasId];
        await AddressClosure.AddAsync(context, [], affected, CancellationToken.None);
        foreach (var address in await new MapFactsReader(context).AddressesAsync(affected, CancellationToken.None))
        {
            if (Loop(address, []) is { } path) return AliasProblems.Loop(string.Join(" → ", path));
            if (Count(address, MaxResults) > MaxResults) return AliasProblems.TooMany(address.Main, MaxResults);
        }
        return null;
    }

    private static List<string>? Loop(AddressFacts address, List<AddressFacts> path)
    {
        var start = path.IndexOf(address);
        if (start >= 0) return [.. path.Skip(start).Append(address).Select(a => a.Main)];
        path.Add(address);
        foreach (var next in address.Destinations.Select(d => d.Address).OfType<AddressFacts>())
        {
            if (Loop(next, path) is { } found) return found;
        }
        path.RemoveAt(path.Count - 1);
        return null;
    }

    // Aliases on the way count like results: Postfix also gives up a chain of 1 000. Stops as soon as the limit is passed: a ladder of aliases
    // doubles at each rung.
    private static int Count(AddressFacts address, int limit)
    {
        var count = 0;
        foreach (var destination in address.Destinations)
        {
            count++;
            if (count <= limit && destination.Address is { Account: null } alias) count += Count(alias, limit - count);
            if (count > limit) break;
        }
        return count;
    }
}
