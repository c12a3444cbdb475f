using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Domains;

namespace MailAdmin.Core.Routing;

// The model data that map rows are computed from, as plain values: enough to compute them without the database.

internal sealed record StoreFacts(long Id, string Name, string NextHop);

/// <param name="Names">The domain's own name first, then its aliases.</param>
/// <param name="ComingNames">Those names that not every address has yet.</param>
/// <param name="IsSwitching">A switch of its routing is under way: its addresses are followed, all other recipients are relayed.</param>
internal sealed record DomainFacts(
    long Id, IReadOnlyList<string> Names, IReadOnlyList<string> ComingNames, DomainState State, DomainRouting Routing, string? NextHop,
    string StoreName,
    long? CatchAllAccountId, bool IsSwitching)
{
    /// <summary>All its mail is relayed; its addresses are ignored.</summary>
    public bool IsRelayed => Routing == DomainRouting.Relay && !IsSwitching;

    /// <summary>Mail for recipients that have no address here is relayed: the domain is relayed, or a switch is under way.</summary>
    public bool RelaysUnknown => Routing == DomainRouting.Relay || IsSwitching;

    public bool IsBeingAdded(string name) => ComingNames.Contains(name, StringComparer.Ordinal);

    /// <summary>The domain's admins may own the guarded addresses, so its catch-all may receive their mail.</summary>
    public bool AllowsGuarded { get; init; }
}

/// <summary>The guarded addresses that a domain does not have.</summary>
/// <param name="Missing">Their local parts.</param>
/// <param name="Destination">The hoster's address for those that always have to be delivered; null if the hoster set none.</param>
internal sealed record RoleFacts(IReadOnlyList<LocalPart> Missing, string? Destination)
{
    public static RoleFacts None { get; } = new([], null);

    /// <summary>
    /// The destination of a missing guarded address: the hoster's, unless the catch-all may receive it. Null if there is none.
    /// </summary>
    public string? DestinationOf(LocalPart part, string spelling, DomainFacts domain, AccountFacts? catchAll)
    {
        if (Destination is null || domain.IsRelayed || !GuardedAddresses.AlwaysDelivered.Contains(part)) return null;
        var isCaught = domain.AllowsGuarded && catchAll?.ReceptionViaAlias().IsReachable() == true;
        return isCaught || string.Equals(Destination, spelling, StringComparison.OrdinalIgnoreCase) ? null : Destination;
    }

    /// <summary>Mail for it is refused although there is a catch-all, because that may not receive mail for role addresses.</summary>
    public static bool IsWithheld(DomainFacts domain, AccountFacts? catchAll) =>
        !domain.AllowsGuarded && !domain.IsRelayed && catchAll.Catches();
}

/// <param name="LocalParts">The local parts of all its addresses.</param>
internal sealed record AccountFacts(
    long Id, string Username, AccountState State, bool HoldsMail, MailProtocols Services, bool MailboxReady, bool IsFull,
    DomainFacts Domain,
    IReadOnlyList<string> LocalParts, bool KeepsCopy) : IExpandable
{
    /// <summary>The destinations of its redirect; empty if it has none.</summary>
    public List<DestinationFacts> Redirect { get; } = [];

    public bool IsRedirected => Redirect.Count > 0;

    /// <summary>Mail is delivered to its mailbox: it has no redirect, or keeps a copy.</summary>
    public bool FillsMailbox => !IsRedirected || KeepsCopy;

    string IExpandable.Name => Username;

    long IExpandable.DomainId => Domain.Id;

    IReadOnlyList<DestinationFacts> IExpandable.Targets => Redirect;

    bool IExpandable.IncludesSelf => IsRedirected && KeepsCopy;

    /// <summary>The mailbox's address in the Postfix maps.</summary>
    public string Mailbox => $"{Username}@{Domain.StoreName}";

    public bool MaySend => State == AccountState.Active && Domain.State == DomainState.Active && Services.HasFlag(MailProtocols.Smtp);

    /// <summary>
    /// The names that SMTP AUTH may report for this account: the username and each address, since users sign in with either.
    /// </summary>
    public IEnumerable<string> Logins => Domain.Names.SelectMany(n => LocalParts.Select(p => $"{p}@{n}")).Prepend(Username);
}

/// <summary>An address of an account, or an alias with its destinations.</summary>
internal sealed class AddressFacts(long id, string localPart, DomainFacts domain, AccountFacts? account) : IExpandable
{
    public long Id => id;

    public string LocalPart => localPart;

    public DomainFacts Domain => domain;

    public AccountFacts? Account => account;

    public List<DestinationFacts> Destinations { get; } = [];

    public string Main => $"{localPart}@{domain.Names[0]}";

    public IEnumerable<string> AllAddresses => domain.Names.Select(n => $"{localPart}@{n}");

    string IExpandable.Name => Main;

    long IExpandable.DomainId => Domain.Id;

    IReadOnlyList<DestinationFacts> IExpandable.Targets => Destinations;

    bool IExpandable.IncludesSelf => false;
}

/// <summary>Exactly one of the first three is set.</summary>
/// <param name="ExternalDomain">
/// The hosted domain that an external address is under: the domain does not have that address, or is relayed. Null if the domain is not
/// hosted here.
/// </param>
internal sealed record DestinationFacts(AccountFacts? Account, AddressFacts? Address, string? External, DomainFacts? ExternalDomain)
{
    /// <summary>
    /// Postfix would follow the external address locally all the same, or give it to the catch-all, because a switch of its domain is under
    /// way. The destination takes no mail, as if the domain were local.
    /// </summary>
    public bool IsFollowedHere { get; init; }

    /// <summary>
    /// The address is under a name of the mail host itself, which has no such address. The mail would be accepted and then bounce, so the
    /// destination takes no mail.
    /// </summary>
    public bool IsNobody { get; init; }

    /// <summary>
    /// The address that gets the mail if this is one of the mail host's own addresses (postmaster@ and the like); otherwise null.
    /// </summary>
    public string? Postmaster { get; init; }

    /// <summary>The external address exists in <see cref="ExternalDomain"/> now, but following it would lead back here.</summary>
    public bool IsCircle { get; init; }

    /// <summary>What is expanded next: an address of an account becomes its mailbox. Null for an external address.</summary>
    public IExpandable? Next => (IExpandable?)(Account ?? Address?.Account) ?? Address;
}

/// <summary>Something that Postfix expands: an alias, or a mailbox with its redirect.</summary>
internal interface IExpandable
{
    /// <summary>The name to display: an address or a username.</summary>
    string Name { get; }

    long DomainId { get; }

    /// <summary>All its destinations except itself.</summary>
    IReadOnlyList<DestinationFacts> Targets { get; }

    /// <summary>It is its own destination too (a kept copy), so Postfix expands it once and never again.</summary>
    bool IncludesSelf { get; }
}
