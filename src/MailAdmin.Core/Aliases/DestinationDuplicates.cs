using MailAdmin.Core.Addresses;
using MailAdmin.Core.Results;

namespace MailAdmin.Core.Aliases;

/// <summary>Finds a destination that is there already, be it under its username, another address of the same mailbox, or another spelling.</summary>
internal static class DestinationDuplicates
{
    public static Problem? Of(MailAddress alias, AliasDestination added, string text)
    {
        foreach (var present in alias.Destinations)
        {
            if (IsSame(present, added)) return AliasProblems.Duplicate(text);
            if (MailboxOf(added) is { } mailbox && mailbox == MailboxOf(present)) return AliasProblems.SameMailbox(text, UsernameOf(present));
        }
        return null;
    }

    private static bool IsSame(AliasDestination left, AliasDestination right) =>
        (left.AccountId is { } account && account == right.AccountId)
        || (left.LocalAddressId is { } address && address == right.LocalAddressId)
        || (left.External is { } external && right.External is { } other && string.Equals(external.Value, other.Value, StringComparison.OrdinalIgnoreCase));

    private static long? MailboxOf(AliasDestination destination) => destination.AccountId ?? destination.LocalAddress?.AccountId;

    private static string UsernameOf(AliasDestination destination) =>
        (destination.Account ?? destination.LocalAddress!.Account)!.Username.Value;
}
