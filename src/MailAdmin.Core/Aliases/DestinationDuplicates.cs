using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Results;

namespace MailAdmin.Core.Aliases;

/// <summary>
/// Finds a destination that exists already under its username, another address of the same mailbox, or another spelling.
/// </summary>
internal static class DestinationDuplicates
{
    /// <param name="actor">
    /// The person who gets the message. If they may not see the mailbox, they are not told that two addresses belong to it; the mailbox
    /// gets one copy all the same.
    /// </param>
    public static Problem? Of(MailAddress alias, Destination added, string text, Actor actor)
    {
        foreach (var present in alias.Destinations)
        {
            if (IsSame(present, added)) return AliasProblems.Duplicate(text);
            if (MailboxOf(added) is { } mailbox && mailbox == MailboxOf(present) && actor.Sees(AccountOf(present).DomainId))
                return AliasProblems.SameMailbox(text, AccountOf(present).Username.Value);
        }
        return null;
    }

    public static bool IsSame(Destination left, Destination right) =>
        (left.AccountId is { } account && account == right.AccountId)
        || (left.LocalAddressId is { } address && address == right.LocalAddressId)
        || (left.External is { } external && right.External is { } other
            && string.Equals(external.Value, other.Value, StringComparison.OrdinalIgnoreCase));

    public static long? MailboxOf(Destination destination) => destination.AccountId ?? destination.LocalAddress?.AccountId;

    private static Account AccountOf(Destination destination) => (destination.Account ?? destination.LocalAddress!.Account)!;
}
