using MailAdmin.Core.Accounts;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.MailboxCopies;
using MailAdmin.Web.Features.Accounts;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Features.MailboxCopies;

/// <param name="Copy">Null if nothing was ever copied into this account.</param>
/// <param name="Problems">What could not be carried over, at most <see cref="MaxProblems"/>.</param>
/// <param name="IsTested">The connection was tested and works; nothing was started.</param>
public sealed record MailboxCopyPage(
    MailDomain Domain, AccountRow Account, MailboxCopy? Copy, IReadOnlyList<MailboxCopyProblem> Problems, MailboxCopyForm Form,
    bool IsTested)
    : AccountPage(Domain, Account)
{
    public const int MaxProblems = 200;
}

/// <summary>The copies into the accounts of a domain, and the form that starts many.</summary>
public sealed record MailboxCopiesPage(MailDomain Domain, Page<MailboxCopyRow> Copies, MailboxCopyForm Form, PageQuery Query)
{
    public bool IsAnyRunning => Copies.Rows.Any(c => c.Copy.State is MailboxCopyState.Running or MailboxCopyState.Waiting);
}

/// <summary>The model of <c>_Source</c>: the fields of the other server.</summary>
/// <param name="IsForMany">Each account's user follows from the account.</param>
public sealed record SourceFields(MailboxCopyForm Form, bool IsForMany);
