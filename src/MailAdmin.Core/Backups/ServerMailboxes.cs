using MailAdmin.Core.Accounts;

namespace MailAdmin.Core.Backups;

/// <summary>A mailbox that the mail server has.</summary>
/// <param name="Id">Null if the server does not tell it.</param>
/// <param name="LimitKiB">Its own limit, or null.</param>
public sealed record ServerMailbox(MailboxId? Id, long? LimitKiB);

/// <summary>All mailboxes of the mail server.</summary>
/// <param name="ByName">By the name of their user.</param>
/// <param name="Holders">Everybody who has rights in a mailbox or folder, with or without an account.</param>
public sealed record ServerMailboxes(IReadOnlyDictionary<string, ServerMailbox> ByName, IReadOnlySet<string> Holders);
