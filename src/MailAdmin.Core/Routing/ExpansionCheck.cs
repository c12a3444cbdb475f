using MailAdmin.Core.Admins;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Data;
using MailAdmin.Core.Results;

namespace MailAdmin.Core.Routing;

/// <summary>
/// Refuses at saving what Postfix could not expand: a loop or an over-run holds up whole messages (451 at DATA), for innocent recipients
/// too. Postfix counts results with repeats and stops at 1 000; we stop at half of that, for everything that leads to what is changed. Who
/// takes mail at present plays no part: what is suspended comes back.
/// </summary>
internal static class ExpansionCheck
{
    public const int MaxResults = 500;

    // Stands for what belongs to another customer.
    private const string Hidden = "…";

    /// <summary>Looks at the saved, not yet committed, state of the transaction, from an alias.</summary>
    /// <param name="actor">Who is told: names of other customers are left out.</param>
    public static Task<Problem?> OfAliasAsync(MailContext context, long aliasId, Actor actor) => OfAsync(context, [], [aliasId], actor);

    /// <summary>The same from an account whose redirect changes.</summary>
    public static Task<Problem?> OfAccountAsync(MailContext context, long accountId, Actor actor) =>
        OfAsync(context, [accountId], [], actor);

    /// <summary>Destinations of an account's redirect that lead to this account alone, by their names: mail arrives there anyway.</summary>
    public static async Task<IReadOnlyList<string>> OnlyBackAsync(MailContext context, long accountId)
    {
        var home = (await new MapFactsReader(context).AccountsAsync([accountId], CancellationToken.None)).Single();
        return [.. home.Redirect.Where(d => IsOnly(home, Ends(d, home, new(ReferenceEqualityComparer.Instance))))
            .Select(d => d.Next!.Name)];
    }

    private static bool IsOnly(AccountFacts home, IEnumerable<object> ends) =>
        ends.ToList() is { Count: > 0 } all && all.TrueForAll(e => ReferenceEquals(e, home));

    // Mailboxes, and destinations that are followed no further.
    private static IEnumerable<object> Ends(DestinationFacts destination, AccountFacts home, HashSet<IExpandable> seen)
    {
        if (destination.Next is not { } next || destination.Address?.Domain.IsRelayed == true) return [destination];
        if (!seen.Add(next)) return [];
        if (ReferenceEquals(next, home)) return [home];
        var further = next.Targets.SelectMany(d => Ends(d, home, seen));
        return next is AccountFacts { FillsMailbox: true } ? further.Append(next) : further;
    }

    private static async Task<Problem?> OfAsync(MailContext context, HashSet<long> accounts, HashSet<long> addresses, Actor actor)
    {
        await AddressClosure.AddAsync(context, accounts, addresses, CancellationToken.None);
        var reader = new MapFactsReader(context);
        IExpandable[] affected =
        [
            .. (await reader.AddressesAsync(addresses, CancellationToken.None)).Where(a => a.Account is null),
            .. await reader.AccountsAsync(accounts, CancellationToken.None),
        ];
        var free = new HashSet<IExpandable>(ReferenceEqualityComparer.Instance);
        foreach (var start in affected)
        {
            if (Loop(start, [], free) is { } path) return AliasProblems.Loop(string.Join(" → ", path.Select(NameOf)));
        }
        var large = affected.FirstOrDefault(start => Count(start, MaxResults, []) > MaxResults);
        return large is null ? null : AliasProblems.TooMany(NameOf(large), MaxResults);

        string NameOf(IExpandable named) => actor.Sees(named.DomainId) ? named.Name : Hidden;
    }

    // A mailbox that keeps a copy ends every loop through it: mutual redirects with a copy are legal and common.
    private static List<IExpandable>? Loop(IExpandable at, List<IExpandable> path, HashSet<IExpandable> free)
    {
        if (free.Contains(at)) return null;
        var start = path.IndexOf(at);
        if (start >= 0) return [.. path.Skip(start).Append(at)];
        if (at.IsFinal) free.Add(at);
        else path.Add(at);
        foreach (var next in at.Targets.Select(d => d.Next).OfType<IExpandable>())
        {
            if (Loop(next, at.IsFinal ? [] : path, free) is { } found) return found;
        }
        if (!at.IsFinal) path.RemoveAt(path.Count - 1);
        free.Add(at);
        return null;
    }

    // What stands on the way counts like a result: Postfix also gives up a chain of 1 000. Stops as soon as the limit is passed: a ladder
    // of aliases doubles at each rung.
    private static int Count(IExpandable at, int limit, HashSet<IExpandable> expanded)
    {
        if (at.IsFinal && !expanded.Add(at)) return 0;
        var count = at.IsFinal ? 1 : 0;
        foreach (var destination in at.Targets)
        {
            count++;
            if (count <= limit && destination.Next is { } next) count += Count(next, limit - count, expanded);
            if (count > limit) break;
        }
        return count;
    }
}
