using MailAdmin.Core.Domains;
using MailAdmin.Core.Sending;

namespace MailAdmin.Core.Routing;

/// <summary>
/// The rows that follow from a store, a domain, an account or an address: pure, so that tests, the rebuild and the drift check ask the same
/// code. A domain alias is never <c>@alias -> @main</c>: unknown recipients have to be refused at RCPT on each name.
/// </summary>
internal static class MapRows
{
    /// <summary>What senders to a suspended domain hear.</summary>
    public const string DomainSuspended = "450 4.2.1 Domain is suspended, try again later";
    // access(5): the domain's own row is not looked at, so that the next hop is not asked about whom we know ourselves.
    private const string NotAskedAbout = "DUNNO";
    public const string DomainGone = "550 5.1.2 Domain is not hosted here any more";

    /// <summary>Heard until every address of a domain has its new name.</summary>
    public const string NameComing = "450 4.2.1 Domain is being set up, try again later";

    public static IEnumerable<MapRow> Of(StoreFacts store)
    {
        yield return new(PostfixMap.Transport, store.Name, store.NextHop, MapOwner.Store, store.Id);
    }

    /// <param name="roles">
    /// The guarded addresses that it does not have: the hoster has those that have to reach somebody, its catch-all none of them.
    /// </param>
    public static IEnumerable<MapRow> Of(DomainFacts domain, AccountFacts? catchAll, RoleFacts roles)
    {
        var isCaught = !domain.IsRelayed && catchAll.Catches();
        foreach (var name in domain.Names)
        {
            if (domain.RelaysUnknown)
            {
                yield return Row(PostfixMap.RelayDomains, name, "relayed");
                yield return Row(PostfixMap.Transport, name, domain.NextHop!);
            }
            else
            {
                yield return Row(PostfixMap.Domains, name, "hosted");
            }
            if ((RefusalOf(domain) ?? (domain.IsBeingAdded(name) ? NameComing : null)) is { } refusal)
                yield return Row(PostfixMap.Refused, name, refusal);
            else if (domain.RelaysUnknown && !isCaught) yield return Row(PostfixMap.Refused, name, "reject_unverified_recipient");
            if (isCaught)
            {
                yield return Row(PostfixMap.Virtual, "@" + name, catchAll!.Mailbox);
                // Asked for recipients without an address of their own alone (docs/decisions/0028).
                if (catchAll.ReceptionAtRcpt().Refusal() is { } wait) yield return Row(PostfixMap.Refused, "@" + name, wait);
            }
            foreach (var part in roles.Missing)
            {
                var spelling = $"{part}@{name}";
                if (roles.DestinationOf(part, spelling, domain, catchAll) is { } destination)
                {
                    yield return Row(PostfixMap.Virtual, spelling, destination);
                    if (domain is { IsSwitching: true, State: DomainState.Active })
                        yield return Row(PostfixMap.Refused, spelling, NotAskedAbout);
                }
                else if (RoleFacts.IsWithheld(domain, catchAll))
                {
                    yield return Row(PostfixMap.Refused, spelling, RefusalOf(domain) ?? Resolver.UserUnknown);
                }
            }
        }

        MapRow Row(PostfixMap map, string key, string value) => new(map, key, value, MapOwner.Domain, domain.Id);
    }

    /// <summary>
    /// Its redirect; for a copy the mailbox itself, by which Postfix knows that it is to stop there. And the belt for mail that is in the
    /// queue already when an account is taken out. And its username, where it may not send.
    /// </summary>
    public static IEnumerable<MapRow> Of(AccountFacts account)
    {
        var reception = Receptions.Of(account);
        if (reception == Reception.Held) yield return Row(PostfixMap.Transport, "retry:4.2.1 Mailbox is suspended");
        if (reception == Reception.Off) yield return Row(PostfixMap.Transport, "error:5.2.1 Mailbox is disabled");
        if (account.ReceptionViaAlias().IsReachable() && AliasExpansion.Reachable(account.Redirect) is { Count: > 0 } destinations)
            yield return Row(PostfixMap.Virtual, string.Join(',', account.KeepsCopy ? destinations.Append(account.Mailbox) : destinations));
        if (!account.MaySend) yield return new(PostfixMap.NoSending, account.Username, SenderRecord.Refusal, MapOwner.Account, account.Id);

        MapRow Row(PostfixMap map, string value) => new(map, account.Mailbox, value, MapOwner.Account, account.Id);
    }

    /// <summary>
    /// A relayed domain has no rows here: they would deliver locally. An address that takes no mail keeps its virtual row, so that nothing
    /// of it ever falls to the catch-all's holder; the refused row is what the sender hears.
    /// </summary>
    public static IEnumerable<MapRow> Of(AddressFacts address)
    {
        // People sign in with their addresses as well, wherever mail to them goes.
        if (address.Account is { MaySend: false })
            foreach (var spelling in address.Spellings) yield return Row(PostfixMap.NoSending, spelling, SenderRecord.Refusal);
        if (address.Domain.IsRelayed) yield break;
        var expansion = AliasExpansion.Of(address);
        var senders = expansion.SoleAccount is { MaySend: true } sole ? string.Join(',', sole.Logins) : null;
        foreach (var spelling in address.Spellings)
        {
            if (expansion.Reception.Refusal() is { } refusal) yield return Row(PostfixMap.Refused, spelling, refusal);
            else if (address.Domain is { IsSwitching: true, State: DomainState.Active }) yield return Row(
                PostfixMap.Refused, spelling, NotAskedAbout);
            if (expansion.Published.Count > 0) yield return Row(PostfixMap.Virtual, spelling, string.Join(',', expansion.Published));
            if (senders is not null) yield return Row(PostfixMap.Senders, spelling, senders);
        }

        MapRow Row(PostfixMap map, string key, string value) => new(map, key, value, MapOwner.Address, address.Id);
    }

    /// <summary>What senders to each address of a domain hear that takes no mail at all; null of any other.</summary>
    public static string? RefusalOf(DomainFacts domain) => domain switch
    {
        { State: DomainState.Suspended } => DomainSuspended,
        { State: DomainState.Deleting } => DomainGone,
        _ => null,
    };
}
