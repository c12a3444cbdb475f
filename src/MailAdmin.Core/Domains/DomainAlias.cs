namespace MailAdmin.Core.Domains;

/// <summary>Another name of a domain (manual, chapter 4), under which all its addresses work.</summary>
public sealed class DomainAlias
{
    public long Id { get; set; }

    public long DomainId { get; set; }

    public MailDomain? Domain { get; set; }

    public required DomainName Name { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>
    /// Set while the name is being added to or removed from a large domain: the addresses up to this id are done. Null if nothing is under
    /// way.
    /// </summary>
    public long? Reached { get; set; }

    /// <summary>The name is being removed: its mail is refused already, and no other domain gets it until it is gone.</summary>
    public bool IsBeingRemoved { get; set; }

    /// <summary>Not every address has the name yet: senders are told to try again.</summary>
    public bool IsBeingAdded => Reached is not null && !IsBeingRemoved;
}
