using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Data;
using MailAdmin.Core.Results;

namespace MailAdmin.Core.Redirects;

/// <param name="NamesItself">The account's own username or address was entered; it is not among <paramref name="Destinations"/>.</param>
internal sealed record ReadRedirect(List<Problem> Problems, List<Destination> Destinations, bool NamesItself);

/// <summary>
/// Parses the destinations of a redirect. Existing destinations may be kept, whoever added them: an admin can save a form with destinations
/// that they could not add themselves (another customer's username, an external address that is forbidden now).
/// </summary>
internal static class RedirectParser
{
    public static async Task<ReadRedirect> ReadAsync(MailWrite write, Account account, IReadOnlyList<string> texts)
    {
        var read = new ReadRedirect([], [], false);
        var reader = new DestinationParser(write, account.Domain!);
        foreach (var item in texts)
        {
            foreach (var (text, one) in await ReadAsync(reader, account.Redirect, item))
            {
                if (!one.Succeeded) read.Problems.AddRange(one.Problems);
                else if (DestinationDuplicates.MailboxOf(one.Value) == account.Id) read = read with { NamesItself = true };
                // The destination was entered twice, perhaps in different spellings; it is added once.
                else if (read.Destinations.Any(d => DestinationDuplicates.IsSame(d, one.Value))) continue;
                else if (read.Destinations.Any(d => IsSameMailbox(d, one.Value, write.Actor))) read.Problems.Add(
                    RedirectProblems.Twice(text));
                else read.Destinations.Add(one.Value);
            }
        }
        if (read.Problems.Count == 0 && read.Destinations.Count == 0)
            read.Problems.Add(read.NamesItself ? RedirectProblems.OnlyItself : RedirectProblems.Missing);
        return read;
    }

    // Only actors who may see the mailbox are told that two addresses belong to it.
    private static bool IsSameMailbox(Destination left, Destination right, Actor actor) =>
        DestinationDuplicates.MailboxOf(left) is { } mailbox && mailbox == DestinationDuplicates.MailboxOf(right)
            && actor.Sees(left.Account?.DomainId ?? left.LocalAddress!.DomainId);

    private static async Task<IReadOnlyList<(string Text, Result<Destination> Read)>> ReadAsync(
        DestinationParser reader, AccountRedirect? redirect, string item)
    {
        if (redirect?.Destinations.FirstOrDefault(d => IsSpelled(d, item)) is { } present) return [(item, present)];
        return await reader.ReadAsync(item);
    }

    // Compares with the spelling in the form.
    private static bool IsSpelled(Destination destination, string text)
    {
        string?[] spellings =
        [
            destination.Account?.Username.Value, destination.External?.Value, destination.External?.Display,
            destination.LocalAddress is { } local ? $"{local.LocalPart}@{local.Domain!.Name.Display}" : null,
        ];
        return spellings.Contains(text, StringComparer.OrdinalIgnoreCase);
    }
}
