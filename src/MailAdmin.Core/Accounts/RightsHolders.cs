using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Accounts;

/// <summary>Who somebody is that has rights in another's mailbox (RFC 4314).</summary>
public enum RightsHolder
{
    /// <summary>An account of the owner's own domain: sharing between colleagues.</summary>
    Colleague,

    /// <summary>An account of another domain.</summary>
    Stranger,

    /// <summary><c>anyone</c> or <c>anonymous</c>: every user of this server.</summary>
    Everybody,

    /// <summary>No account has that name.</summary>
    Nobody,
}

/// <summary>Tells colleagues from strangers by the usernames in an access list.</summary>
public sealed class RightsHolders(MailDatabase database)
{
    // Bounds what one statement takes as parameters.
    private const int ChunkSize = 500;

    private static readonly string[] Everybody = ["anyone", "anonymous"];

    /// <summary>The domains of those that are accounts; one that is deleted and can be brought back counts.</summary>
    public async Task<IReadOnlyDictionary<string, DomainName>> DomainsAsync(
        IEnumerable<string> identifiers, CancellationToken cancellationToken)
    {
        var usernames = identifiers.Distinct(StringComparer.Ordinal)
            .Select(i => Username.TryParse(i, out var username) && username.Value == i ? username : null).OfType<Username>().ToList();
        var found = new Dictionary<string, DomainName>(StringComparer.Ordinal);
        if (usernames.Count == 0) return found;
        await using var context = database.Open();
        foreach (var chunk in usernames.Chunk(ChunkSize))
        {
            foreach (
                var account in await context.Accounts.Where(a => chunk.Contains(a.Username)).Select(a => new { a.Username, a.Domain!.Name })
                    .ToListAsync(cancellationToken))
                found[account.Username.Value] = account.Name;
        }
        return found;
    }

    /// <param name="identifier">As the access list has it.</param>
    /// <param name="owner">The domain of the mailbox's owner.</param>
    /// <param name="domains">Of <see cref="DomainsAsync"/>.</param>
    public static RightsHolder Of(string identifier, DomainName owner, IReadOnlyDictionary<string, DomainName> domains) =>
        Everybody.Contains(identifier, StringComparer.Ordinal) ? RightsHolder.Everybody
        : !domains.TryGetValue(identifier, out var domain) ? RightsHolder.Nobody
        : domain == owner ? RightsHolder.Colleague : RightsHolder.Stranger;

    /// <summary>Whom a hoster does not want to see there: all but colleagues.</summary>
    public async Task<IReadOnlyCollection<string>> ForeignAsync(
        DomainName owner, IReadOnlyCollection<string> identifiers, CancellationToken cancellationToken)
    {
        var domains = await DomainsAsync(identifiers, cancellationToken);
        return [.. identifiers.Where(i => Of(i, owner, domains) != RightsHolder.Colleague)];
    }
}
