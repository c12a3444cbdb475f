namespace MailAdmin.Core.Domains;

/// <summary>
/// A Cyrus server that holds mailboxes. In Postfix a mailbox is <c>username@Name</c>; that name is never an address for outside senders.
/// </summary>
public sealed class MailStore
{
    public long Id { get; set; }

    /// <summary>The name after the @ in the maps (STORE in the design).</summary>
    public required DomainName Name { get; set; }

    /// <summary>Postfix transport of its LMTP service: <c>store:unix:/run/cyrus/socket/lmtp</c>.</summary>
    public required string NextHop { get; set; }
}
