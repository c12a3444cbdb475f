using MailAdmin.Core.Accounts;

namespace MailAdmin.Core.Vacations;

/// <summary>All data that an account's script is generated from.</summary>
/// <param name="IsOn">The vacation is on, and there is an address to answer for.</param>
/// <param name="Starts">Null means immediately; the offset is that of the hoster's time zone at that time.</param>
/// <param name="Ends">The first moment after the vacation, in the same form.</param>
/// <param name="Addresses">
/// The addresses that are answered for: the account's addresses, the primary one first, and the aliases that deliver only to it, under all
/// names of their domains. An alias with several recipients is left out, because each of them on leave would answer in the name of all.
/// </param>
/// <param name="Activation">The last requested activation.</param>
/// <param name="Activated">The activation that the server has carried out.</param>
public sealed record VacationFacts(
    Username Username, bool MailboxReady, bool IsOn, string Subject, string Text, DateTimeOffset? Starts, DateTimeOffset? Ends,
    int IntervalDays,
    IReadOnlyList<string> Addresses, long Activation, long Activated)
{
    /// <summary>The id of the mailbox that the scripts belong to.</summary>
    public MailboxId? MailboxId { get; init; }
}
