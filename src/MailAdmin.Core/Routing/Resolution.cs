using MailAdmin.Core.Domains;

namespace MailAdmin.Core.Routing;

/// <summary>What happens to mail for a recipient, and why.</summary>
/// <param name="Recipient">The recipient as entered, with its domain in A-labels.</param>
/// <param name="Answer">
/// What a sender hears at RCPT (or, for <see cref="Verdict.HeldUp"/>, at DATA); null if the mail is accepted.
/// </param>
/// <param name="Destinations">
/// Where the mail is delivered, without repeats: mailboxes as <c>username@store</c>, external addresses. Empty if it is refused.
/// </param>
/// <param name="Steps">The steps, depth first as in Postfix. A refused recipient has steps too, since they say why.</param>
public sealed record Resolution(
    string Recipient, Verdict Verdict, string? Answer, IReadOnlyList<string> Destinations, IReadOnlyList<ResolutionStep> Steps)
{
    /// <summary>Number of mailboxes that get their copy later: it waits in the queue until they are created or have room.</summary>
    public int Waiting =>
        Steps.Where(s => s.Kind is StepKind.MailboxPending or StepKind.MailboxFull).Select(s => s.Subject).Distinct(StringComparer.Ordinal)
            .Count();

    /// <summary>Number of destinations that get no copy right now, while others do.</summary>
    public int LeftOut => Verdict == Verdict.Delivered ? Steps.Count(s => s.Depth > 0 && s.Kind
        is StepKind.AccountSuspended or StepKind.AccountHeld or StepKind.AccountDeleted or StepKind.NotReceiving or StepKind.DomainSuspended
        or StepKind.Unresolvable or StepKind.Circle or StepKind.HostNobody or StepKind.AliasEmpty or StepKind.RedirectIdle) : 0;

    /// <summary>The keys of the map rows that decide about this recipient, in the order in which Postfix looks them up.</summary>
    /// <param name="steps">The steps to include: all, or those that the user may see.</param>
    public IReadOnlyList<string> Keys(IEnumerable<ResolutionStep> steps)
    {
        var (at, plus) = (Recipient.LastIndexOf('@'), Recipient.IndexOf('+', StringComparison.Ordinal));
        var domain = Recipient[(at + 1)..];
        string[] untagged = plus > 0 && plus < at ? [Recipient[..plus] + Recipient[at..]] : [];
        var met = steps.Where(s => s.Kind is StepKind.AccountAddress or StepKind.Alias or StepKind.AliasEmpty).Select(s => s.Subject);
        var redirected = steps.Where(s => s.Kind is StepKind.Redirect or StepKind.RedirectIdle).Select(s => s.Detail!);
        string[] own = [domain, Recipient, .. untagged, "@" + domain];
        return [.. own.Concat(met).Concat(redirected).Select(k => k.ToLowerInvariant()).Distinct(StringComparer.Ordinal)];
    }
}

public enum Verdict
{
    Delivered,

    /// <summary>Relayed to the next hop of a relayed domain, which decides.</summary>
    Relayed,

    /// <summary>Refused for good (5xx).</summary>
    Refused,

    /// <summary>Refused for now (4xx): senders try again.</summary>
    Deferred,

    /// <summary>The domain is not hosted here.</summary>
    NotHosted,

    /// <summary>
    /// Postfix cannot expand it, which delays the whole message. It cannot be saved, but an older version may have left one.
    /// </summary>
    HeldUp,
}

/// <param name="Depth">0 for the recipient itself; each destination is one deeper than its source.</param>
/// <param name="Subject">What the step is about: an address, a username, a domain.</param>
/// <param name="Detail">
/// More about the subject: the main domain of a domain alias, the tag, the next hop, the holder of the catch-all, the mailbox of a
/// redirect.
/// </param>
/// <param name="DomainId">The domain of the subject, used to hide other customers' steps; null for what is not hosted here.</param>
/// <param name="Link">What a page can link to, or null.</param>
public sealed record ResolutionStep(
    int Depth, StepKind Kind, string Subject, string? Detail = null, long? DomainId = null, StepLink? Link = null);

/// <summary>A link to an account by its username, or to an alias by its id; to the domain if both are null.</summary>
public sealed record StepLink(DomainName Domain, string? Username = null, long? AliasId = null);

public enum StepKind
{
    // The recipient's domain.
    NotHosted,

    /// <summary>A name of the mail host itself.</summary>
    HostName,

    /// <summary>The store's own name, which is not an address for outside senders.</summary>
    Store,
    Domain,
    DomainAlias,

    /// <summary>A name that not every address has yet.</summary>
    NameComing,
    DomainSuspended,
    DomainRelayed,

    /// <summary>A switch of its routing is under way.</summary>
    DomainSwitching,

    // The recipient's address.
    TagDropped,
    AccountAddress,
    Alias,
    AliasEmpty,
    CatchAll,

    /// <summary>The catch-all has a holder, but the holder takes no mail right now.</summary>
    CatchAllIdle,
    Unknown,

    /// <summary>postmaster@ or abuse@ of a domain that does not have it: the hoster receives it.</summary>
    RoleAddress,

    /// <summary>A role address that the domain does not have and that its catch-all does not receive.</summary>
    Guarded,

    /// <summary>An address of the mail host itself, whose mail its postmaster gets.</summary>
    HostAddress,

    /// <summary>An address that does not exist under a name of the mail host itself.</summary>
    HostNobody,

    /// <summary>An SRS address, the recipient of bounces of forwarded mail: it stands for the original sender.</summary>
    ReturnAddress,

    /// <summary>An SRS address; this process cannot find out whether the mail host made it.</summary>
    ReturnUnasked,

    /// <summary>An SRS address that the mail host did not make, or made too long ago.</summary>
    ReturnForged,

    /// <summary>An SRS address, while the SRS service does not answer.</summary>
    ReturnAway,

    /// <summary>
    /// The local part contains sender-specified routing (<c>%</c>, <c>!</c>), which Postfix accepts from no outside sender.
    /// </summary>
    Routed,

    // Its destinations.
    Redirect,

    /// <summary>A redirect whose destinations all take no mail.</summary>
    RedirectIdle,
    CopyKept,
    Mailbox,
    External,

    /// <summary>An address of a relayed domain that is hosted here.</summary>
    Relayed,

    /// <summary>Entered as an external address; its domain is hosted here now and does not have the address.</summary>
    Unresolvable,

    /// <summary>
    /// Entered as an external address; its domain is hosted here now, and following the address would lead back to where it came from.
    /// </summary>
    Circle,

    /// <summary>This mailbox was expanded before and is not followed again.</summary>
    MetBefore,

    // Why a destination is left out.
    AccountSuspended,
    AccountHeld,
    AccountDeleted,
    NotReceiving,

    // Why delivery is delayed.
    MailboxPending,
    MailboxFull,

    // What Postfix cannot expand.
    Loop,
    TooMany,
}
