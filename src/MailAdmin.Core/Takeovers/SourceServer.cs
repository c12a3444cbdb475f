using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Domains;

namespace MailAdmin.Core.Takeovers;

/// <summary>What the database of another program says, in this panel's terms.</summary>
/// <param name="Findings">What is broken in it or is not carried, and why.</param>
public sealed record SourceServer(
    IReadOnlyList<SourceDomain> Domains, IReadOnlyList<SourceAccount> Accounts, IReadOnlyList<SourceAlias> Aliases,
    IReadOnlyList<TakeoverFinding> Findings);

/// <param name="Names">Its other names (domain aliases).</param>
/// <param name="CatchAll">The username of the account that receives mail for unknown recipients, or null.</param>
public sealed record SourceDomain(NewDomain Request, IReadOnlyList<DomainName> Names, string? CatchAll);

/// <param name="Username">Null if this panel cannot have it; then the domain's naming scheme makes one.</param>
/// <param name="Addresses">The official address first.</param>
/// <param name="Hash">Null if it cannot be verified here; then a password is generated.</param>
/// <param name="Redirect">Null if it has none.</param>
public sealed record SourceAccount(
    string? Username, IReadOnlyList<string> Addresses, string? Hash, MailProtocols Services, IReadOnlyList<string>? Redirect,
    bool KeepsCopy)
{
    /// <summary>Without the hash, because it can be cracked.</summary>
    public override string ToString() => Username ?? Addresses[0];
}

public sealed record SourceAlias(string Address, IReadOnlyList<string> Destinations);

/// <param name="Subject">The domain, username, address or admin that it is about.</param>
/// <param name="Detail">The value in question, or null; never a password or a hash.</param>
public sealed record TakeoverFinding(TakeoverFault Fault, string Subject, string? Detail = null);

/// <summary>What is broken in the other program's database, or is not carried.</summary>
public enum TakeoverFault
{
    /// <summary>A domain whose name is not one, or whose transport names no server of its own.</summary>
    DomainRefused,

    /// <summary>It belongs to a domain or an account that does not exist.</summary>
    Orphan,

    /// <summary>The address leads to an account and elsewhere; only the account keeps it.</summary>
    Duplicate,

    /// <summary>The address is in another domain than its account: it becomes an alias there.</summary>
    ForeignAddress,

    /// <summary>The address is switched off and is left out.</summary>
    Off,

    /// <summary>The account has no address and is left out.</summary>
    NoAddress,

    /// <summary>The username is not possible here; its user signs in with the address.</summary>
    UsernameChanges,

    /// <summary>The hash is of a scheme that cannot be verified: the account gets a new password.</summary>
    HashUnknown,

    /// <summary>More accounts or quota exist than the domain's limit allows: the limit is raised or left out.</summary>
    LimitRaised,

    /// <summary>A catch-all that leads to no account, or of a domain that is another's name.</summary>
    CatchAllLeftOut,

    /// <summary>A name of a domain that has accounts or aliases itself.</summary>
    NameInUse,

    /// <summary>Admins are not carried: a superuser creates them, so that each chooses a new password.</summary>
    AdminLeftOut,

    /// <summary>The service refused it; the detail is the code of the reason.</summary>
    Refused,
}
