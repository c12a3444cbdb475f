using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Data;
using MailAdmin.Core.Results;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.MailboxCopies;

/// <summary>How the other server names the users of a domain.</summary>
public enum SourceUserNames
{
    /// <summary>The account's primary address.</summary>
    Address,

    /// <summary>What is before the @ of it.</summary>
    LocalPart,

    /// <summary>The same username as here.</summary>
    Username,
}

/// <param name="Started">Copies that were started.</param>
/// <param name="Skipped">Accounts that were left as they are: a copy is under way, or the mailbox is not ready.</param>
public sealed record StartedCopies(int Started, int Skipped);

/// <summary>An account that is to be copied into.</summary>
internal sealed record MailboxCopyTarget(long Id, Username Username, LocalPart? LocalPart, string Domain)
{
    public string NameBy(SourceUserNames names) => names switch
    {
        SourceUserNames.Address when LocalPart is not null => $"{LocalPart}@{Domain}",
        SourceUserNames.LocalPart when LocalPart is not null => LocalPart.Value,
        _ => Username.Value,
    };
}

/// <summary>Finds the accounts that somebody has typed.</summary>
internal static class MailboxCopyTargets
{
    public static async Task<Result<List<MailboxCopyTarget>>> FindAsync(
        MailDatabase database, long domainId, string? typed, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        var accounts = await context.Accounts.Where(a => a.DomainId == domainId && a.State != AccountState.Deleted).Select(a => new
        {
            a.Id,
            a.Username,
            Domain = a.Domain!.Name,
            Addresses = a.Addresses.OrderByDescending(x => x.IsPrimary).Select(x => x.LocalPart).ToList(),
        }).ToListAsync(cancellationToken);
        var all = accounts.ConvertAll(a => (
            Names: a.Addresses.SelectMany(x => new[] { x.Value, $"{x}@{a.Domain.Value}", $"{x}@{a.Domain.Display}" })
                .Append(a.Username.Value).ToHashSet(StringComparer.OrdinalIgnoreCase),
            Target: new MailboxCopyTarget(a.Id, a.Username, a.Addresses.FirstOrDefault(), a.Domain.Value)));
        var lines = (typed ?? "").Split(
            ['\n', '\r', ',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (lines.Length == 0) return all.ConvertAll(a => a.Target);
        var unknown = lines.Where(l => !all.Exists(a => a.Names.Contains(l))).Select(MailboxCopyProblems.AccountUnknown).ToList();
        if (unknown.Count > 0) return unknown;
        return all.FindAll(a => lines.Any(a.Names.Contains)).ConvertAll(a => a.Target);
    }
}
