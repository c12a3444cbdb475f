namespace MailAdmin.Core.Routing;

/// <summary>The result of expanding an address through aliases and redirects.</summary>
/// <param name="Reception">Whether the address takes mail, and what senders hear otherwise.</param>
/// <param name="Published">The value of its virtual row: its own destinations, without those that take no mail.</param>
/// <param name="SoleAccount">
/// The account that is the only recipient behind the address; that account may send as it. Null otherwise.
/// </param>
internal sealed record AliasExpansion(Reception Reception, IReadOnlyList<string> Published, AccountFacts? SoleAccount)
{
    public static AliasExpansion Of(AddressFacts address) => address.Account is { } account
        ? new(account.ReceptionAtRcpt(), [account.Mailbox], account)
        : new(address.Destinations.Best([address]), Reachable(address.Destinations), OnlyRecipient(address));

    /// <summary>The destinations that take mail now or soon, spelled as in a map.</summary>
    public static IReadOnlyList<string> Reachable(IEnumerable<DestinationFacts> destinations) =>
        [.. destinations.Where(d => d.ReceptionViaAlias().IsReachable()).Select(d => d.Account?.Mailbox ?? d.Address?.Main ?? d.External!)];

    // Redirects are ignored: the owner of the account sets them, for as long as they like, so the alias still belongs to that account.
    private static AccountFacts? OnlyRecipient(AddressFacts address)
    {
        var reached = new HashSet<AccountFacts?>();
        Collect(address, reached, []);
        return reached.Count == 1 ? reached.Single() : null;
    }

    // Null stands for any recipient that is not an account here.
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
