using MailAdmin.Core.Accounts;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Results;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Redirects;

/// <param name="NamesItself">The account's own username or address was among them; it is not among <paramref name="Destinations"/>.</param>
internal sealed record ReadRedirect(List<Problem> Problems, List<RedirectDestination> Destinations, bool NamesItself);

/// <summary>Makes destinations of a redirect of what was typed.</summary>
internal static class RedirectReader
{
    public static async Task<ReadRedirect> ReadAsync(MailWrite write, Account account, IReadOnlyList<string> texts)
    {
        var read = new ReadRedirect([], [], false);
        var reader = new DestinationReader(write);
        foreach (var text in texts)
        {
            var one = await reader.ReadAsync(text);
            if (!one.Succeeded) read.Problems.AddRange(one.Problems);
            else if ((one.Value.AccountId ?? one.Value.LocalAddress?.AccountId) == account.Id) read = read with { NamesItself = true };
            else await AddAsync(write, account.Domain!, read, Of(one.Value), text);
        }
        if (read.Problems.Count == 0 && read.Destinations.Count == 0) read.Problems.Add(read.NamesItself ? RedirectProblems.OnlyItself : RedirectProblems.Missing);
        return read;
    }

    public static bool IsSame(RedirectDestination left, RedirectDestination right) =>
        (left.AccountId is { } account && account == right.AccountId)
        || (left.LocalAddressId is { } address && address == right.LocalAddressId)
        || (left.External is { } external && right.External is { } other && string.Equals(external.Value, other.Value, StringComparison.OrdinalIgnoreCase));

    private static async Task AddAsync(MailWrite write, MailDomain domain, ReadRedirect read, RedirectDestination added, string text)
    {
        if (read.Destinations.Any(d => IsSame(d, added) || (MailboxOf(added) is { } mailbox && mailbox == MailboxOf(d)))) read.Problems.Add(RedirectProblems.Twice(text));
        else if (added.External is { } external && !domain.AllowsExternalDestinations && !await write.Context.Domains.AnyAsync(d => d.Name == external.Domain))
            read.Problems.Add(RedirectProblems.ExternalForbidden(text, domain.Name.Display));
        else read.Destinations.Add(added);
    }

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
