namespace MailAdmin.Core.Domains;

/// <summary>Another name of a domain (manual, chapter 4): each address works on it as well.</summary>
public sealed class DomainAlias
{
    public long Id { get; set; }

    public long DomainId { get; set; }

    public MailDomain? Domain { get; set; }

    public required DomainName Name { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>
    /// While it comes or goes on a large domain: the addresses up to this id have it, or have it no more. Null when nothing is to be done.
    /// </summary>
    public long? Reached { get; set; }

    /// <summary>It is on its way out: its mail is refused already, and nobody else gets the name before it is gone.</summary>
    public bool IsBeingRemoved { get; set; }

    /// <summary>Not every address has it yet: senders are told to try again.</summary>
    public bool IsBeingAdded => Reached is not null && !IsBeingRemoved;
}
