using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Data;
using MailAdmin.Core.Results;

namespace MailAdmin.Core.Redirects;

/// <param name="NamesItself">The account's own username or address was among them; it is not among <paramref name="Destinations"/>.</param>
internal sealed record ReadRedirect(List<Problem> Problems, List<RedirectDestination> Destinations, bool NamesItself);

/// <summary>
/// Makes destinations of a redirect of what was typed. What is there already may stay, whoever put it there: an admin whose form holds what they
/// could not add themselves (another customer's username, an address elsewhere that is forbidden by now) still saves the rest.
/// </summary>
internal static class RedirectReader
{
    public static async Task<ReadRedirect> ReadAsync(MailWrite write, Account account, IReadOnlyList<string> texts)
    {
        var read = new ReadRedirect([], [], false);
        var reader = new DestinationReader(write, account.Domain!);
        foreach (var item in texts)
        {
            foreach (var (text, one) in await ReadAsync(reader, account.Redirect, item))
            {
                if (!one.Succeeded) read.Problems.AddRange(one.Problems);
                else if (MailboxOf(one.Value) == account.Id) read = read with { NamesItself = true };
                // Typed twice, perhaps in another spelling: meant once.
                else if (read.Destinations.Any(d => IsSame(d, one.Value))) continue;
                else if (read.Destinations.Any(d => IsSameMailbox(d, one.Value, write.Actor))) read.Problems.Add(RedirectProblems.Twice(text));
                else read.Destinations.Add(one.Value);
            }
        }
        if (read.Problems.Count == 0 && read.Destinations.Count == 0) read.Problems.Add(read.NamesItself ? RedirectProblems.OnlyItself : RedirectProblems.Missing);
        return read;
    }

    public static bool IsSame(RedirectDestination left, RedirectDestination right) =>
        (left.AccountId is { } account && account == right.AccountId)
        || (left.LocalAddressId is { } address && address == right.LocalAddressId)
        || (left.External is { } external && right.External is { } other && string.Equals(external.Value, other.Value, StringComparison.OrdinalIgnoreCase));

    // That two addresses are of one mailbox is told to those who see it.
    private static bool IsSameMailbox(RedirectDestination left, RedirectDestination right, Actor actor) =>
        MailboxOf(left) is { } mailbox && mailbox == MailboxOf(right) && actor.Sees(left.Account?.DomainId ?? left.LocalAddress!.DomainId);

    private static async Task<IReadOnlyList<(string Text, Result<RedirectDestination> Read)>> ReadAsync(DestinationReader reader, AccountRedirect? redirect, string item)
    {
        if (redirect?.Destinations.FirstOrDefault(d => IsSpelled(d, item)) is { } present) return [(item, present)];
        return [.. (await reader.ReadAsync(item)).Select(r => (r.Text, Of(r.Read)))];
    }

    private static Result<RedirectDestination> Of(Result<AliasDestination> read)
    {
        if (!read.Succeeded) return read.Problems.ToList();
        var to = read.Value;
        return new RedirectDestination { AccountId = to.AccountId, Account = to.Account, LocalAddressId = to.LocalAddressId, LocalAddress = to.LocalAddress, External = to.External };
    }

    // As the form shows it.
    private static bool IsSpelled(RedirectDestination destination, string text)
    {
        string?[] spellings =
        [
            destination.Account?.Username.Value, destination.External?.Value, destination.External?.Display,
            destination.LocalAddress is { } local ? $"{local.LocalPart}@{local.Domain!.Name.Display}" : null,
        ];
        return spellings.Contains(text, StringComparer.OrdinalIgnoreCase);
    }

    private static long? MailboxOf(RedirectDestination destination) => destination.AccountId ?? destination.LocalAddress?.AccountId;
}
