using MailAdmin.Core.Accounts;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;

namespace MailAdmin.Core.Addresses;

/// <summary>One row for every address of a domain, of whatever kind, so that no kind can shadow another.</summary>
public sealed class MailAddress : IVersioned
{
    public long Id { get; set; }

    public long DomainId { get; set; }

    public MailDomain? Domain { get; set; }

    public required LocalPart LocalPart { get; set; }

    /// <summary>The account that it belongs to; null makes it an alias.</summary>
    public long? AccountId { get; set; }

    public Account? Account { get; set; }

    /// <summary>The account's official address (manual, chapter 1): the one shown first.</summary>
    public bool IsPrimary { get; set; }

    /// <summary>Where an alias leads; empty for an account's address.</summary>
    public List<Destination> Destinations { get; set; } = [];

    public DateTimeOffset CreatedAt { get; set; }

    public long Version { get; set; }

    public bool IsAlias => AccountId is null && Account is null;
}
