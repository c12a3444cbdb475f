using MailAdmin.Core.Accounts;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Data;
using MailAdmin.Core.Results;

namespace MailAdmin.Core.Redirects;

/// <param name="NamesItself">The account's own username or address was among them; it is not among <paramref name="Destinations"/>.</param>
internal sealed record ReadRedirect(List<Problem> Problems, List<RedirectDestination> Destinations, bool NamesItself);

/// <summary>Makes destinations of a redirect of what was typed.</summary>
internal static class RedirectReader
{
    public static async Task<ReadRedirect> ReadAsync(MailWrite write, Account account, IReadOnlyList<string> texts)
    {
        var read = new ReadRedirect([], [], false);
        var reader = new DestinationReader(write, account.Domain!);
        foreach (var text in texts)
        {
            var one = await reader.ReadAsync(text);
            if (!one.Succeeded) read.Problems.AddRange(one.Problems);
            else if ((one.Value.AccountId ?? one.Value.LocalAddress?.AccountId) == account.Id) read = read with { NamesItself = true };
            else if (read.Destinations.Any(d => IsSameMailbox(d, Of(one.Value)))) read.Problems.Add(RedirectProblems.Twice(text));
            else read.Destinations.Add(Of(one.Value));
        }
        if (read.Problems.Count == 0 && read.Destinations.Count == 0) read.Problems.Add(read.NamesItself ? RedirectProblems.OnlyItself : RedirectProblems.Missing);
        return read;
    }

    public static bool IsSame(RedirectDestination left, RedirectDestination right) =>
        (left.AccountId is { } account && account == right.AccountId)
        || (left.LocalAddressId is { } address && address == right.LocalAddressId)
        || (left.External is { } external && right.External is { } other && string.Equals(external.Value, other.Value, StringComparison.OrdinalIgnoreCase));

    private static bool IsSameMailbox(RedirectDestination left, RedirectDestination right) =>
        IsSame(left, right) || (MailboxOf(left) is { } mailbox && mailbox == MailboxOf(right));

    private static RedirectDestination Of(AliasDestination read) => new()
    {
        AccountId = read.AccountId,
        Account = read.Account,
        LocalAddressId = read.LocalAddressId,
        LocalAddress = read.LocalAddress,
        External = read.External,
    };

    private static long? MailboxOf(RedirectDestination destination) => destination.AccountId ?? destination.LocalAddress?.AccountId;
}
