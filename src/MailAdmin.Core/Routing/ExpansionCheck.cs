using MailAdmin.Core.Admins;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Data;
using MailAdmin.Core.Results;

namespace MailAdmin.Core.Routing;

/// <summary>
/// Refuses to save aliases and redirects that Postfix could not expand: a loop or too many results delays whole messages (451 at DATA),
/// also for their other recipients. Postfix counts results with repeats and stops at 1 000; this check stops at half of that, for
/// everything that leads to the changed alias or account. It ignores whether a destination takes mail right now, because a suspended one
/// may become active again.
/// </summary>
internal static class ExpansionCheck
{
    public const int MaxResults = 500;

    // Replaces names that belong to another customer.
    private const string Hidden = "…";

    /// <summary>Checks the saved, not yet committed, state of the transaction, starting from an alias.</summary>
    /// <param name="actor">The person who gets the message: names of other customers are hidden from them.</param>
    public static Task<Problem?> OfAliasAsync(MailContext context, long aliasId, Actor actor) => OfAsync(context, [], [aliasId], actor);

    /// <summary>The same, starting from an account whose redirect changes.</summary>
    public static Task<Problem?> OfAccountAsync(MailContext context, long accountId, Actor actor) =>
        OfAsync(context, [accountId], [], actor);

    /// <summary>
    /// Names of the destinations of an account's redirect that lead only back to this account, where mail arrives anyway.
    /// </summary>
    public static async Task<IReadOnlyList<string>> OnlyBackAsync(MailContext context, long accountId)
    {
        var home = (await new MapFactsReader(context).AccountsAsync([accountId], CancellationToken.None)).Single();
        return [.. home.Redirect.Where(d => IsOnly(home, Ends(d, home, new(ReferenceEqualityComparer.Instance))))
            .Select(d => d.Next!.Name)];
    }

    private static bool IsOnly(AccountFacts home, IEnumerable<object> ends) =>
        ends.ToList() is { Count: > 0 } all && all.TrueForAll(e => ReferenceEquals(e, home));

    // Mailboxes, and destinations that are not expanded further.
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

    // A mailbox that keeps a copy ends every loop through it: mutual redirects with a copy are valid and common.
    private static List<IExpandable>? Loop(IExpandable at, List<IExpandable> path, HashSet<IExpandable> free)
    {
        if (free.Contains(at)) return null;
        var start = path.IndexOf(at);
        if (start >= 0) return [.. path.Skip(start).Append(at)];
        if (at.IncludesSelf) free.Add(at);
        else path.Add(at);
        foreach (var next in at.Targets.Select(d => d.Next).OfType<IExpandable>())
        {
            if (Loop(next, at.IncludesSelf ? [] : path, free) is { } found) return found;
        }
        if (!at.IncludesSelf) path.RemoveAt(path.Count - 1);
        free.Add(at);
        return null;
    }

    // Intermediate aliases count like results: Postfix also rejects a chain of 1 000. Counting stops once the limit is exceeded, because a
    // ladder of aliases doubles the results at each step.
    private static int Count(IExpandable at, int limit, HashSet<IExpandable> expanded)
    {
        if (at.IncludesSelf && !expanded.Add(at)) return 0;
        var count = at.IncludesSelf ? 1 : 0;
        foreach (var destination in at.Targets)
        {
            count++;
            if (count <= limit && destination.Next is { } next) count += Count(next, limit - count, expanded);
            if (count > limit) break;
        }
        return count;
    }
}
