using MailAdmin.Core.Accounts;

namespace MailAdmin.Core.Vacations;

/// <summary>All that an account's script follows from.</summary>
/// <param name="IsOn">And there is an address to answer for.</param>
/// <param name="Starts">Null is at once; the offset is the one of the hoster's zone at that moment.</param>
/// <param name="Ends">The first moment after it, likewise.</param>
/// <param name="Addresses">
/// What is answered for: the account's addresses, the official one first, and the aliases that deliver to it alone, on all names of their
/// domains. Of a list each member on leave would answer, as everybody.
/// </param>
/// <param name="Activation">What was asked for last.</param>
/// <param name="Activated">What the server has carried out.</param>
public sealed record VacationFacts(
    Username Username, bool MailboxReady, bool IsOn, string Subject, string Text, DateTimeOffset? Starts, DateTimeOffset? Ends,
    int IntervalDays,
    IReadOnlyList<string> Addresses, long Activation, long Activated)
{
    /// <summary>Of the mailbox that the scripts are beside.</summary>
    public MailboxId? MailboxId { get; init; }
}
