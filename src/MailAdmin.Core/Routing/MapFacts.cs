using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Domains;

namespace MailAdmin.Core.Routing;

// What the rows follow from, as plain values: enough to compute them without the database.

internal sealed record StoreFacts(long Id, string Name, string NextHop);

/// <param name="Names">The domain's own name first, then its aliases.</param>
/// <param name="ComingNames">Those of them that not every address has yet.</param>
/// <param name="IsSwitching">On its way from one routing to the other: its addresses are followed and all others handed on.</param>
internal sealed record DomainFacts(
    long Id, IReadOnlyList<string> Names, IReadOnlyList<string> ComingNames, DomainState State, DomainRouting Routing, string? NextHop,
    string StoreName,
    long? CatchAllAccountId, bool IsSwitching)
{
    /// <summary>Its addresses play no part: all its mail is handed on.</summary>
    public bool IsRelayed => Routing == DomainRouting.Relay && !IsSwitching;

    /// <summary>Whoever has no address here is handed on: it is relayed, or on its way there or back.</summary>
    public bool RelaysUnknown => Routing == DomainRouting.Relay || IsSwitching;

    public bool IsBeingAdded(string name) => ComingNames.Contains(name, StringComparer.Ordinal);

    /// <summary>Its admins may hold the guarded addresses, so its catch-all may too.</summary>
    public bool AllowsGuarded { get; init; }
}

/// <summary>The guarded addresses that a domain does not have.</summary>
/// <param name="Missing">Local parts of them.</param>
/// <param name="Destination">The hoster's, for those that have to reach somebody; null where they set none.</param>
internal sealed record RoleFacts(IReadOnlyList<LocalPart> Missing, string? Destination)
{
    public static RoleFacts None { get; } = new([], null);

    /// <summary>Where one of them goes: to the hoster, unless the catch-all may have it.</summary>
    public string? DestinationOf(LocalPart part, string spelling, DomainFacts domain, AccountFacts? catchAll)
    {
        if (Destination is null || domain.IsRelayed || !GuardedAddresses.AlwaysDelivered.Contains(part)) return null;
        var isCaught = domain.AllowsGuarded && catchAll?.ReceptionViaAlias().IsReachable() == true;
        return isCaught || string.Equals(Destination, spelling, StringComparison.OrdinalIgnoreCase) ? null : Destination;
    }

    /// <summary>Refused, though there is a catch-all: it is not to have what speaks for the domain.</summary>
    public static bool IsWithheld(DomainFacts domain, AccountFacts? catchAll) =>
        !domain.AllowsGuarded && !domain.IsRelayed && catchAll.Catches();
}

/// <param name="LocalParts">Of all its addresses.</param>
internal sealed record AccountFacts(
    long Id, string Username, AccountState State, bool HoldsMail, MailProtocols Services, bool MailboxReady, bool IsFull,
    DomainFacts Domain,
    IReadOnlyList<string> LocalParts, bool KeepsCopy) : IExpandable
{
    /// <summary>Where its redirect leads; empty when it has none.</summary>
    public List<DestinationFacts> Redirect { get; } = [];

    public bool IsRedirected => Redirect.Count > 0;

    /// <summary>Its mailbox takes part: it is not redirected, or keeps a copy.</summary>
    public bool FillsMailbox => !IsRedirected || KeepsCopy;

    string IExpandable.Name => Username;

    long IExpandable.DomainId => Domain.Id;

    IReadOnlyList<DestinationFacts> IExpandable.Targets => Redirect;

    bool IExpandable.IsFinal => IsRedirected && KeepsCopy;

    /// <summary>The mailbox as Postfix knows it.</summary>
    public string Mailbox => $"{Username}@{Domain.StoreName}";

    public bool MaySend => State == AccountState.Active && Domain.State == DomainState.Active && Services.HasFlag(MailProtocols.Smtp);

    /// <summary>What SMTP AUTH may give as this account's name: the username, and each address, since people sign in with either.</summary>
    public IEnumerable<string> Logins => Domain.Names.SelectMany(n => LocalParts.Select(p => $"{p}@{n}")).Prepend(Username);
}

/// <summary>An address: of an account, or an alias with its destinations.</summary>
internal sealed class AddressFacts(long id, string localPart, DomainFacts domain, AccountFacts? account) : IExpandable
{
    public long Id => id;

    public string LocalPart => localPart;

    public DomainFacts Domain => domain;

    public AccountFacts? Account => account;

    public List<DestinationFacts> Destinations { get; } = [];

    public string Main => $"{localPart}@{domain.Names[0]}";

    public IEnumerable<string> Spellings => domain.Names.Select(n => $"{localPart}@{n}");

    string IExpandable.Name => Main;

    long IExpandable.DomainId => Domain.Id;

    IReadOnlyList<DestinationFacts> IExpandable.Targets => Destinations;

    bool IExpandable.IsFinal => false;
}

/// <summary>One of the first three is set.</summary>
/// <param name="ExternalDomain">
/// The domain of ours that an outside address is under all the same: it has no such address, or is relayed.
/// </param>
internal sealed record DestinationFacts(AccountFacts? Account, AddressFacts? Address, string? External, DomainFacts? ExternalDomain)
{
    /// <summary>
    /// Postfix would follow the outside address here all the same, or give it to the catch-all: its domain is on its way from one routing
    /// to the other. It takes nothing, as it does where the domain is ours.
    /// </summary>
    public bool IsFollowedHere { get; init; }

    /// <summary>
    /// Under a name of the mail host itself that has no such address: it would be taken and bounced, so it takes nothing.
    /// </summary>
    public bool IsNobody { get; init; }

    /// <summary>Who reads the mail where it is one of the host's own addresses (postmaster@ and the like); null for all others.</summary>
    public string? Postmaster { get; init; }

    /// <summary>The outside address exists in <see cref="ExternalDomain"/> by now, but following it would lead back here.</summary>
    public bool IsCircle { get; init; }

    /// <summary>What is expanded further, an account's address being its mailbox; null for an address elsewhere.</summary>
    public IExpandable? Next => (IExpandable?)(Account ?? Address?.Account) ?? Address;
}

/// <summary>What Postfix expands: an alias, or a mailbox with its redirect.</summary>
internal interface IExpandable
{
    /// <summary>For people: an address or a username.</summary>
    string Name { get; }

    long DomainId { get; }

    /// <summary>Everything that it leads to but itself.</summary>
    IReadOnlyList<DestinationFacts> Targets { get; }

    /// <summary>It leads to itself too, so that Postfix expands it once and never again.</summary>
    bool IsFinal { get; }
}
