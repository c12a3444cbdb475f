namespace MailAdmin.Core.Domains;

/// <summary>Another name of a domain (manual, chapter 4): each address works on it as well.</summary>
public sealed class DomainAlias
{
    public long Id { get; set; }

    public long DomainId { get; set; }

    public MailDomain? Domain { get; set; }

    public required DomainName Name { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}
