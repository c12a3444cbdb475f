using MailAdmin.Core.Domains;

namespace MailAdmin.Core.Routing;

/// <summary>What happens to mail for a recipient, and why.</summary>
/// <param name="Recipient">As it was asked, its domain in A-labels.</param>
/// <param name="Answer">What a sender hears at RCPT (or, for <see cref="Verdict.HeldUp"/>, at DATA); null when the mail is taken.</param>
/// <param name="Destinations">Where it is delivered, each once: mailboxes as <c>username@store</c>, addresses elsewhere. Empty when it is refused.</param>
/// <param name="Steps">The way, depth first as Postfix goes it. Of a refused recipient too, since that says why.</param>
public sealed record Resolution(string Recipient, Verdict Verdict, string? Answer, IReadOnlyList<string> Destinations, IReadOnlyList<ResolutionStep> Steps);

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
/// <param name="Detail">What belongs to it: the main domain of a name, the tag, the next hop, the holder of the catch-all.</param>
/// <param name="DomainId">Whose domain it is, so that nobody is shown another customer's; null for what is not hosted here.</param>
/// <param name="Link">What a page can lead to, or null.</param>
public sealed record ResolutionStep(int Depth, StepKind Kind, string Subject, string? Detail = null, long? DomainId = null, StepLink? Link = null);

/// <summary>An account by its username, or an alias by its id; a domain alone when both are null.</summary>
public sealed record StepLink(DomainName Domain, string? Username = null, long? AliasId = null);

public enum StepKind
{
    // Where the recipient's domain belongs.
    NotHosted,

    /// <summary>The store's own name, which is no address for the outside.</summary>
    Store,
    Domain,
    DomainAlias,
    DomainSuspended,
    DomainRelayed,

    // Whom the address is.
    TagDropped,
    AccountAddress,
    Alias,
    AliasEmpty,
    CatchAll,

    /// <summary>There is a holder, who takes no mail at present.</summary>
    CatchAllIdle,
    Unknown,

    // Where it leads.
    Redirect,

    /// <summary>A redirect whose destinations all take nothing.</summary>
    RedirectIdle,
    CopyKept,
    Mailbox,
    External,

    /// <summary>An address of a relayed domain of ours.</summary>
    Relayed,

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
