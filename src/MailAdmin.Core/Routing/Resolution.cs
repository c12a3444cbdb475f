using MailAdmin.Core.Domains;

namespace MailAdmin.Core.Routing;

/// <summary>What happens to mail for a recipient, and why.</summary>
/// <param name="Recipient">As it was asked, its domain in A-labels.</param>
/// <param name="Answer">What a sender hears at RCPT (or, for <see cref="Verdict.HeldUp"/>, at DATA); null when the mail is taken.</param>
/// <param name="Destinations">
/// Where it is delivered, each once: mailboxes as <c>username@store</c>, addresses elsewhere. Empty when it is refused.
/// </param>
/// <param name="Steps">The way, depth first as Postfix goes it. Of a refused recipient too, since that says why.</param>
public sealed record Resolution(
    string Recipient, Verdict Verdict, string? Answer, IReadOnlyList<string> Destinations, IReadOnlyList<ResolutionStep> Steps)
{
    /// <summary>Mailboxes that get their copy later: it waits in the queue until they are made, or have room.</summary>
    public int Waiting =>
        Steps.Where(s => s.Kind is StepKind.MailboxPending or StepKind.MailboxFull).Select(s => s.Subject).Distinct(StringComparer.Ordinal)
            .Count();

    /// <summary>Destinations on the way that get no copy at present, while others do.</summary>
    public int LeftOut => Verdict == Verdict.Delivered ? Steps.Count(s => s.Depth > 0 && s.Kind
        is StepKind.AccountSuspended or StepKind.AccountHeld or StepKind.AccountDeleted or StepKind.NotReceiving or StepKind.DomainSuspended
        or StepKind.Unresolvable or StepKind.Circle or StepKind.HostNobody or StepKind.AliasEmpty or StepKind.RedirectIdle) : 0;

    /// <summary>The keys of map rows that decide about this recipient, in the order in which Postfix asks them.</summary>
    /// <param name="steps">Those steps that count: all, or those that somebody may see.</param>
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

    /// <summary>Handed on to the next hop of a relayed domain, which decides.</summary>
    Relayed,

    /// <summary>Refused for good (5xx).</summary>
    Refused,

    /// <summary>Refused for now (4xx): senders try again.</summary>
    Deferred,

    /// <summary>The domain is not hosted here.</summary>
    NotHosted,

    /// <summary>Postfix cannot expand it, which holds up the whole message. Cannot be saved; what an older version left might.</summary>
    HeldUp,
}

/// <param name="Depth">0 for the recipient itself; what something leads to is one deeper.</param>
/// <param name="Subject">Whom the step is about: an address, a username, a domain.</param>
/// <param name="Detail">
/// What belongs to it: the main domain of a name, the tag, the next hop, the holder of the catch-all, the mailbox of a redirect.
/// </param>
/// <param name="DomainId">Whose domain it is, so that nobody is shown another customer's; null for what is not hosted here.</param>
/// <param name="Link">What a page can lead to, or null.</param>
public sealed record ResolutionStep(
    int Depth, StepKind Kind, string Subject, string? Detail = null, long? DomainId = null, StepLink? Link = null);

/// <summary>An account by its username, or an alias by its id; a domain alone when both are null.</summary>
public sealed record StepLink(DomainName Domain, string? Username = null, long? AliasId = null);

public enum StepKind
{
    // Where the recipient's domain belongs.
    NotHosted,

    /// <summary>A name of the mail host itself.</summary>
    HostName,

    /// <summary>The store's own name, which is no address for the outside.</summary>
    Store,
    Domain,
    DomainAlias,

    /// <summary>A name that not every address has yet.</summary>
    NameComing,
    DomainSuspended,
    DomainRelayed,

    /// <summary>On its way from one routing to the other.</summary>
    DomainSwitching,

    // Whom the address is.
    TagDropped,
    AccountAddress,
    Alias,
    AliasEmpty,
    CatchAll,

    /// <summary>There is a holder, who takes no mail at present.</summary>
    CatchAllIdle,
    Unknown,

    /// <summary>postmaster@ or abuse@ of a domain that has none: the hoster's.</summary>
    RoleAddress,

    /// <summary>An address that speaks for the domain, which it does not have and its catch-all does not receive.</summary>
    Guarded,

    /// <summary>An address of the mail host itself, which its postmaster reads.</summary>
    HostAddress,

    /// <summary>Under a name of the mail host itself, where there is no such address.</summary>
    HostNobody,

    /// <summary>What bounces of forwarded mail come to: it stands for the sender.</summary>
    ReturnAddress,

    /// <summary>Of that form, and whether the mail host made it is not known here.</summary>
    ReturnUnasked,

    /// <summary>Of that form, and not made by the mail host, or too long ago.</summary>
    ReturnForged,

    /// <summary>Of that form, while the service that knows does not answer.</summary>
    ReturnAway,

    /// <summary>It names a way of its own (<c>%</c>, <c>!</c>), which Postfix takes from nobody outside.</summary>
    Routed,

    // Where it leads.
    Redirect,

    /// <summary>A redirect whose destinations all take nothing.</summary>
    RedirectIdle,
    CopyKept,
    Mailbox,
    External,

    /// <summary>An address of a relayed domain of ours.</summary>
    Relayed,

    /// <summary>Typed as an address elsewhere, of a domain that is here by now and does not have it.</summary>
    Unresolvable,

    /// <summary>
    /// Typed as an address elsewhere, of a domain that is here by now: followed, it would lead back to where it came from.
    /// </summary>
    Circle,

    /// <summary>This mailbox was met before on the way and is not followed again.</summary>
    MetBefore,

    // Why somebody is left out.
    AccountSuspended,
    AccountHeld,
    AccountDeleted,
    NotReceiving,

    // Why it is not at once.
    MailboxPending,
    MailboxFull,

    // What Postfix cannot expand.
    Loop,
    TooMany,
}
