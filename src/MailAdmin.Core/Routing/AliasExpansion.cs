using MailAdmin.Core.Domains;

namespace MailAdmin.Core.Routing;

/// <summary>What an address comes down to once aliases are followed.</summary>
/// <param name="Reception">What its senders meet.</param>
/// <param name="Published">The value of its virtual row: its own destinations, less those that take nothing.</param>
/// <param name="SoleAccount">The one account that it delivers to, when nobody else is reached: that account may send as it.</param>
internal sealed record AliasExpansion(Reception Reception, IReadOnlyList<string> Published, AccountFacts? SoleAccount)
{
    public static AliasExpansion Of(AddressFacts address)
    {
        if (address.Account is { } account) return new(Receptions.Of(account), [account.Mailbox], account);
        var reachable = new List<Reception>();
        var published = new List<string>();
        var anyHeld = false;
        foreach (var destination in address.Destinations)
        {
            var reception = ThroughOthers(destination, [address.Id]);
            anyHeld |= reception == Reception.Held;
            if (!reception.IsReachable()) continue;
            reachable.Add(reception);
            published.Add(destination.Account?.Mailbox ?? destination.Address?.Main ?? destination.External!);
        }
        var whole = reachable.Count > 0 ? reachable.Min() : anyHeld ? Reception.Held : Reception.Off;
        return new(whole, published, Sole(address));
    }

    private static Reception ThroughOthers(DestinationFacts destination, HashSet<long> path) => destination switch
    {
        { Account: { } account } => account.ThroughOthers(),
        { Address: { } address } => ThroughOthers(address, path),
        { ExternalDomain.State: DomainState.Suspended } => Reception.Held,
        { ExternalDomain.IsRelayed: false } => Reception.Off,
        _ => Reception.Open,
    };

    private static Reception ThroughOthers(AddressFacts address, HashSet<long> path)
    {
        // A suspended domain takes out its aliases too, even those that lead elsewhere: its own senders are refused for them.
        if (address.Domain.State == DomainState.Suspended) return Reception.Held;
        if (address.Domain.IsRelayed) return Reception.Open;
        if (address.Account is { } account) return account.ThroughOthers();
        // A loop cannot be saved; should one come from elsewhere, it leads nowhere.
        if (!path.Add(address.Id)) return Reception.Off;
        var best = address.Destinations.Select(d => ThroughOthers(d, path)).DefaultIfEmpty(Reception.Off).Min();
        path.Remove(address.Id);
        return best;
    }

    private static AccountFacts? Sole(AddressFacts address)
    {
        var reached = new HashSet<AccountFacts?>();
        Collect(address, reached, []);
        return reached.Count == 1 ? reached.Single() : null;
    }

    // Null stands for anybody who is not an account here.
    private static void Collect(AddressFacts address, HashSet<AccountFacts?> reached, HashSet<long> seen)
    {
        if (!seen.Add(address.Id)) return;
        if (address.Domain.IsRelayed || address.Account is not null) reached.Add(address.Domain.IsRelayed ? null : address.Account);
        foreach (var destination in address.Destinations)
        {
            if (destination.Address is { } next) Collect(next, reached, seen);
            else reached.Add(destination.Account);
        }
    }
}
