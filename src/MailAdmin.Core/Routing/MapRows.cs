using MailAdmin.Core.Domains;
using MailAdmin.Core.Sending;

namespace MailAdmin.Core.Routing;

/// <summary>
/// The rows that follow from a store, a domain, an account or an address. The methods are pure, so that tests, the rebuild and the drift
/// check use the same code. A domain alias never becomes <c>@alias -> @main</c>, because unknown recipients have to be refused at RCPT
/// under each name.
/// </summary>
internal static class MapRows
{
    /// <summary>What senders to a suspended domain hear.</summary>
    public const string DomainSuspended = "450 4.2.1 Domain is suspended, try again later";
    // DUNNO ends the lookup before the domain's own row (access(5)), so that smtpd does not ask the next hop about a recipient that is
    // known here.
    private const string NotAskedAbout = "DUNNO";
    public const string DomainGone = "550 5.1.2 Domain is not hosted here any more";

    /// <summary>What senders hear until every address of a domain has its new name.</summary>
    public const string NameComing = "450 4.2.1 Domain is being set up, try again later";

    public static IEnumerable<MapRow> Of(StoreFacts store)
    {
        yield return new(PostfixMap.Transport, store.Name, store.NextHop, MapOwner.Store, store.Id);
    }

    /// <param name="roles">
    /// The guarded addresses that the domain does not have: those that always have to be delivered go to the hoster, and its catch-all
    /// receives none of them.
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
                // This row is looked up only for recipients that have no address of their own (docs/decisions/0028).
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
    /// The account's redirect; for a kept copy it includes the mailbox itself, which tells Postfix to stop there. A transport row stops
    /// mail that is in the queue already when an account is suspended or disabled. The username has a row if the account may not send.
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
    /// A relayed domain has no rows here: they would make Postfix deliver locally. An address that takes no mail keeps its virtual row, so
    /// that its mail never goes to the catch-all's holder; the refused row holds what the sender hears.
    /// </summary>
    public static IEnumerable<MapRow> Of(AddressFacts address)
    {
        // Users also sign in with their addresses, wherever mail to those goes.
        if (address.Account is { MaySend: false })
            foreach (var spelling in address.AllAddresses) yield return Row(PostfixMap.NoSending, spelling, SenderRecord.Refusal);
        if (address.Domain.IsRelayed) yield break;
        var expansion = AliasExpansion.Of(address);
        var senders = expansion.SoleAccount is { MaySend: true } sole ? string.Join(',', sole.Logins) : null;
        foreach (var spelling in address.AllAddresses)
        {
            if (expansion.Reception.Refusal() is { } refusal) yield return Row(PostfixMap.Refused, spelling, refusal);
            else if (address.Domain is { IsSwitching: true, State: DomainState.Active }) yield return Row(
                PostfixMap.Refused, spelling, NotAskedAbout);
            if (expansion.Published.Count > 0) yield return Row(PostfixMap.Virtual, spelling, string.Join(',', expansion.Published));
            if (senders is not null) yield return Row(PostfixMap.Senders, spelling, senders);
        }

        MapRow Row(PostfixMap map, string key, string value) => new(map, key, value, MapOwner.Address, address.Id);
    }

    /// <summary>What senders hear at every address of a domain that takes no mail at all; null for any other domain.</summary>
    public static string? RefusalOf(DomainFacts domain) => domain switch
    {
        { State: DomainState.Suspended } => DomainSuspended,
        { State: DomainState.Deleting } => DomainGone,
        _ => null,
    };
}
