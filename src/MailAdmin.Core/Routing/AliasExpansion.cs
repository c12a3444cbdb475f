namespace MailAdmin.Core.Routing;

/// <summary>What an address comes down to once aliases and redirects are followed.</summary>
/// <param name="Reception">What its senders meet.</param>
/// <param name="Published">The value of its virtual row: its own destinations, less those that take nothing.</param>
/// <param name="SoleAccount">The one account that it stands for, when nobody else is behind it: that account may send as it.</param>
internal sealed record AliasExpansion(Reception Reception, IReadOnlyList<string> Published, AccountFacts? SoleAccount)
{
    public static AliasExpansion Of(AddressFacts address) => address.Account is { } account
        ? new(account.ReceptionAtRcpt(), [account.Mailbox], account)
        : new(address.Destinations.Best([address]), Reachable(address.Destinations), OnlyRecipient(address));

    /// <summary>Those destinations that take mail, now or soon, as a map holds them.</summary>
    public static IReadOnlyList<string> Reachable(IEnumerable<DestinationFacts> destinations) =>
        [.. destinations.Where(d => d.ReceptionViaAlias().IsReachable()).Select(d => d.Account?.Mailbox ?? d.Address?.Main ?? d.External!)];

    // A redirect does not make an alias another's: it is set by the owner, for as long as they like.
    private static AccountFacts? OnlyRecipient(AddressFacts address)
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
