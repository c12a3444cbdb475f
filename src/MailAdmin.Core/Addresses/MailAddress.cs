using MailAdmin.Core.Accounts;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;

namespace MailAdmin.Core.Addresses;

/// <summary>One row per address of a domain, of any kind, so that no kind can shadow another.</summary>
public sealed class MailAddress : IVersioned
{
    public long Id { get; set; }

    public long DomainId { get; set; }

    public MailDomain? Domain { get; set; }

    public required LocalPart LocalPart { get; set; }

    /// <summary>The account that it belongs to; null for an alias.</summary>
    public long? AccountId { get; set; }

    public Account? Account { get; set; }

    /// <summary>The account's primary address, which is shown first (manual, chapter 1: the official address).</summary>
    public bool IsPrimary { get; set; }

    /// <summary>The destinations of an alias; empty for an account's address.</summary>
    public List<Destination> Destinations { get; set; } = [];

    public DateTimeOffset CreatedAt { get; set; }

    public long Version { get; set; }

    public bool IsAlias => AccountId is null && Account is null;
}
